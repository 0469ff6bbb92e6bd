// What has the focus now: what it is, where it is, and what is wrong with how that shows.
() => {
  const element = document.activeElement
  if (element === null || element === document.body) return null
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const rings = [element, element.nextElementSibling, element.parentElement].filter((one) => one !== null)
  const isRinged = rings.some((one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
  })
  const seen = rings.map((one) => one.getBoundingClientRect())
    .some((one) => one.width > 1 && one.bottom > 0 && one.top < innerHeight && one.right > 0 && one.left < innerWidth)
  const words = (element.innerText || element.value || element.getAttribute('aria-label') || '').trim().slice(0, 50)
  const called = `${element.tagName.toLowerCase()}.${element.className} “${words}”`
  const faults = []
  if (!isRinged) faults.push(`no ring: ${called}`)
  // Where something came or went since the key before, the page has moved under whoever stands on it.
  const height = document.documentElement.scrollHeight
  const moved = window.lastHeight !== undefined && window.lastHeight !== height
  window.lastHeight = height
  if (!seen && !moved) faults.push(`not on the screen: ${called}`)
  // Where the one before is now: what comes late moves the whole page.
  const last = window.lastFocus?.isConnected ? window.lastFocus.getBoundingClientRect().top + scrollY : null
  window.lastFocus = element
  const group = element.name ? [...document.getElementsByName(element.name)] : [element]
  return {
    called,
    faults,
    tag: element.tagName.toLowerCase(),
    type: element.getAttribute('type') ?? '',
    value: element.value ?? '',
    isChecked: group.some((one) => one.checked),
    isInMain: element.closest('main') !== null,
    goesOn: element.matches('main .button-wide') && element === [...document.querySelectorAll('main .button-wide')].at(-1),
    gives: element.matches('main .question button.button-second'),
    isChoice: element.matches('[type=radio], [type=checkbox]'),
    isSkip: element.matches('.skip'),
    inSummary: element.closest('.notice-bad') !== null,
    left, right, top: top + scrollY, lastTop: last, bottom,
  }
}
