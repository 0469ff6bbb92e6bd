// What is wrong with how a page is built, and with how it shows where the focus is: a list of sentences.
() => {
  const faults = []
  const shown = (element) => element.checkVisibility({ visibilityProperty: true })
  const headings = [...document.querySelectorAll('h1')].filter(shown)
  if (headings.length !== 1) faults.push(`has ${headings.length} headings of the first level`)
  const [title] = document.title.split(' – ')
  if (title.trim() === '' || !document.title.includes('Fieldwell')) faults.push(`is titled “${document.title}”`)
  for (const landmark of ['main', 'header'])
    if ([...document.querySelectorAll(landmark)].filter(shown).length < 1) faults.push(`has no <${landmark}>`)
  const skip = document.querySelector('a.skip')
  if (skip === null || document.querySelector(skip.getAttribute('href')) === null) faults.push('has no skip link that leads anywhere')
  for (const one of document.querySelectorAll('[id]'))
    if (document.querySelectorAll(`#${CSS.escape(one.id)}`).length > 1) faults.push(`has the id ${one.id} twice`)

  const before = document.activeElement
  const kinds = new Set()
  for (const control of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    const kind = `${control.tagName}.${control.className}`
    if (kinds.has(kind) || !shown(control) || control.disabled) continue
    kinds.add(kind)
    control.focus({ preventScroll: true, focusVisible: true })
    if (document.activeElement !== control) continue
    const rings = [control, control.nextElementSibling, control.parentElement].filter((one) => one !== null)
    const isRinged = rings.some((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
    })
    if (!isRinged) faults.push(`shows no focus: ${kind}`)
  }
  if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true })
  else document.activeElement?.blur()
  return [...new Set(faults)]
}
