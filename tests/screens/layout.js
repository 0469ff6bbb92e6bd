// What is wrong with how a page lies on the screen: sentences, each with the box of what it is about. `details` are opened first.
({ width, standsAlone = 44, least = 24 }) => {
  const SLACK = 1.5
  const root = document.documentElement
  const CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option], [role=slider]'
  for (const folded of document.querySelectorAll('details')) folded.open = true

  const seen = new Map()
  const styleOf = (element) => {
    if (!seen.has(element)) seen.set(element, getComputedStyle(element))
    return seen.get(element)
  }
  const name = (element) => {
    const classes = typeof element.className === 'string' ? element.className.trim().replace(/\s+/g, '.') : ''
    const words = (element.innerText ?? element.value ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)
    return `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}${classes ? `.${classes}` : ''} “${words}”`
  }
  const chain = (element) => (element === null || element === document ? [] : [element, ...chain(element.parentElement)])
  const isForReaders = (element) =>
    chain(element).some((one) => {
      const { width: wide, height } = one.getBoundingClientRect()
      const { overflowX, overflowY, clipPath } = styleOf(one)
      const hides = overflowX !== 'visible' && overflowY !== 'visible'
      return (hides && (wide <= 2 || height <= 2)) || clipPath === 'inset(50%)'
    })
  const isShown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
    !isForReaders(element)
  const floats = (element) => chain(element).find((one) => ['fixed', 'sticky'].includes(styleOf(one).position))
  const scrolls = (element) =>
    chain(element.parentElement).some((one) => one !== document.documentElement && one !== document.body &&
      ['auto', 'scroll'].includes(styleOf(one).overflowX))
  // What is scrolled out of a box within the page is not on the screen.
  const within = ({ element, left, right, top, bottom }) =>
    chain(element.parentElement).filter((one) => one !== root && one !== document.body).every((one) => {
      const { overflowX, overflowY } = styleOf(one)
      if (![overflowX, overflowY].some((value) => ['auto', 'scroll'].includes(value))) return true
      const box = one.getBoundingClientRect()
      return left >= box.left - SLACK && right <= box.right + SLACK && top >= box.top - SLACK && bottom <= box.bottom + SLACK
    })
  const isWaitingSkipLink = (element) =>
    chain(element).some((one) => one.matches('.skip') && !one.matches(':focus'))

  // Lines of text: the middle half of each, for what a font keeps free above and below may lie on its neighbours.
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    if (node.data.trim() === '' || parent.closest('script, style, noscript, template, option') !== null) continue
    if (!isShown(parent) || isWaitingSkipLink(parent)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (right - left < 1) continue
      const quarter = (bottom - top) / 4
      texts.push({ element: parent, left, right, top: top + quarter, bottom: bottom - quarter })
    }
  }
  const controls = [...document.querySelectorAll(CONTROLS)]
    .filter((element) => isShown(element) && !isWaitingSkipLink(element))
    .map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      return { element, left, right, top, bottom }
    })

  const faults = new Map()
  const tell = (words, element) => {
    const { left, top, width: wide, height } = element.getBoundingClientRect()
    if (!faults.has(words)) faults.set(words, { x: left + scrollX, y: top + scrollY, width: wide, height })
  }
  if (Math.max(root.scrollWidth, document.body.scrollWidth) > width + SLACK)
    tell(`page is ${Math.max(root.scrollWidth, document.body.scrollWidth)} px wide on ${width}`, document.body)

  const outside = new Set()
  for (const { element, left, right } of [...texts, ...controls])
    if ((left < -SLACK || right > width + SLACK) && !scrolls(element)) outside.add(element)
  for (const element of outside) tell(`hangs over the edge: ${name(element)}`, element)

  for (const element of document.querySelectorAll('body *')) {
    const { overflowX, overflowY, textOverflow } = styleOf(element)
    const hidesX = ['hidden', 'clip'].includes(overflowX)
    const hidesY = ['hidden', 'clip'].includes(overflowY)
    if (!hidesX && !hidesY) continue
    if (element.matches('input, textarea, select, svg, img, progress') || !isShown(element)) continue
    if (!texts.some((text) => element.contains(text.element))) continue
    const box = element.getBoundingClientRect()
    const cut = texts.filter((text) => element.contains(text.element) && text.element !== document.body).some((text) =>
      (hidesX && (text.left < box.left - SLACK || text.right > box.right + SLACK)) ||
      (hidesY && (text.top < box.top || text.bottom > box.bottom)))
    if (cut) tell(`is cut off${textOverflow === 'ellipsis' ? ' with dots' : ''}: ${name(element)}`, element)
  }

  const meet = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2
  const belong = (one, other) => one === other || one.contains(other) || other.contains(one)
  const label = (one, other) =>
    [...(one.labels ?? [])].some((text) => text.contains(other)) || [...(other.labels ?? [])].some((text) => text.contains(one)) ||
    (one.matches('.choice-mark') && one.parentElement.contains(other)) || (other.matches('.choice-mark') && other.parentElement.contains(one))
  const boxes = [...texts, ...controls].filter(within)
  boxes.forEach((one, place) => {
    for (const other of boxes.slice(place + 1)) {
      if (!meet(one, other) || belong(one.element, other.element) || label(one.element, other.element)) continue
      if (floats(one.element) !== floats(other.element)) continue
      tell(`lie on each other: ${[name(one.element), name(other.element)].sort().join(' and ')}`, one.element)
    }
  })

  const targetOf = ({ element, left, right, top, bottom }) => {
    const around = element.matches('[type=radio], [type=checkbox]') ? [...(element.labels ?? [])] : []
    const rects = around.map((one) => one.getBoundingClientRect())
    const all = [{ left, right, top, bottom }, ...rects]
    return {
      wide: Math.max(...all.map((one) => one.right)) - Math.min(...all.map((one) => one.left)),
      high: Math.max(...all.map((one) => one.bottom)) - Math.min(...all.map((one) => one.top)),
    }
  }
  const isInSentence = (element) => {
    if (!element.matches('a, button') || !styleOf(element).display.startsWith('inline')) return false
    const block = chain(element.parentElement).find((one) => !styleOf(one).display.startsWith('inline'))
    return block !== undefined && block.innerText.trim().length > element.innerText.trim().length + 1
  }
  for (const control of controls) {
    const { element } = control
    if (isInSentence(element) || element.disabled) continue
    const { wide, high } = targetOf(control)
    const size = `${Math.round(wide)} × ${Math.round(high)}`
    if (wide < least - 0.5 || high < least - 0.5) tell(`is a target of ${size} px: ${name(element)}`, element)
    else if ((wide < standsAlone - 0.5 || high < standsAlone - 0.5) && element.matches('a, button, summary, select, input, textarea'))
      tell(`is a target of only ${size} px: ${name(element)}`, element)
  }
  return [...faults].map(([words, box]) => ({ words, box }))
}
