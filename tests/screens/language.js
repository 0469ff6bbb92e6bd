// What is wrong with the languages of a page: a list of sentences, and the texts that say they are English.
({ lang, dir, names, allowed }) => {
  const SCRIPTS = { Latn: /\p{Script=Latin}/u, Beng: /\p{Script=Bengali}/u, Arab: /\p{Script=Arabic}/u }
  const SCRIPT_OF = { bn: 'Beng', ar: 'Arab', ur: 'Arab', fa: 'Arab' }
  const UNTOLD = 'bdi, code, kbd, samp, [translate=no]'
  const SPOKEN = ['aria-label', 'alt', 'placeholder', 'title', 'aria-roledescription', 'aria-valuetext']
  const KEY = /%\(\w+\)s|%[sd]\b|\{\w+\}|\bundefined\b|\bNaN\b|\[object |\bnull\b/
  const faults = new Set()
  const english = new Set()
  const root = document.documentElement
  if (root.lang !== lang) faults.add(`page says lang=${root.lang}`)
  if (root.dir !== dir) faults.add(`page says dir=${root.dir}`)

  const langOf = (element) => element.closest('[lang]')?.lang ?? ''
  const scriptOf = (tag) => (tag === '' ? '' : (SCRIPT_OF[tag.split('-')[0]] ?? 'Latn'))
  const known = [...names].sort((one, other) => other.length - one.length)
  const bare = (text) => known.reduce((left, one) => left.replaceAll(one, ' '), text)
    .replace(/\p{Script=Latin}[\p{L}\p{N}.+-]*@\S+|https?:\S+|\/\w[\w/]*/gu, ' ')
    .replace(/[\p{Script=Latin}\p{M}]+/gu, (word) => (allowed.includes(word) ? ' ' : word))
  const place = (element) => {
    const classes = typeof element.className === 'string' ? element.className.trim().replace(/\s+/g, '.') : ''
    return `${element.tagName.toLowerCase()}${classes ? `.${classes}` : ''}`
  }
  const look = (element, raw, isShown) => {
    const text = raw.trim().replace(/\s+/g, ' ')
    if (text === '' || !/\p{L}/u.test(text)) return
    const spoken = langOf(element)
    const where = `${place(element)} “${text.slice(0, 60)}”`
    if (KEY.test(text) && element.closest(UNTOLD) === null) faults.add(`a key or a gap: ${where}`)
    if (spoken.split('-')[0] === 'en' && lang !== 'en' && element.closest(`.original, ${UNTOLD}`) === null) english.add(text)
    if (element.closest(UNTOLD) !== null || spoken === '') return
    const left = bare(text)
    const own = scriptOf(spoken)
    if (own !== 'Latn' && /\p{Script=Latin}{2}/u.test(left)) faults.add(`Latin letters under lang=${spoken}: ${where}`)
    for (const script of ['Beng', 'Arab'])
      if (script !== own && SCRIPTS[script].test(left)) faults.add(`${script} letters under lang=${spoken}: ${where}`)
    const runs = own === 'Arab' ? 'rtl' : 'ltr'
    const isFragment = element.closest('[lang]') !== root
    if (isShown && isFragment && getComputedStyle(element).direction !== runs)
      faults.add(`runs ${getComputedStyle(element).direction} under lang=${spoken}: ${where}`)
  }
  look(document.querySelector('title') ?? root, document.title, false)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node.parentElement.closest('script, style, noscript, template, textarea') === null)
      look(node.parentElement, node.data, node.parentElement.checkVisibility())
  for (const attribute of SPOKEN)
    for (const element of document.querySelectorAll(`[${attribute}]`)) look(element, element.getAttribute(attribute), false)
  return { faults: [...faults], english: [...english] }
}
