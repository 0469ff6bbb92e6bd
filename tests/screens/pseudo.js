// What a made-up language shows to have been left out of the catalogue: words that are neither accented nor in brackets.
// What a person typed, and the days of a plot with their counts, are no words of ours.
({ lang, names, allowed }) => {
  const UNTOLD = 'bdi, code, kbd, samp, time, [translate=no], script, style, noscript, template, textarea, rect'
  const known = [...names].sort((one, other) => other.length - one.length)
  const faults = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    if (element.closest(UNTOLD) !== null || element.closest('[lang]')?.lang !== lang) continue
    const bare = known.reduce((left, one) => left.replaceAll(one, ' '), node.data)
    const words = bare.match(/\p{Script=Latin}{3,}/gu) ?? []
    const told = /[[\]«»áçéíñóšúýžÁÇÉÍÑÓŠÚÝŽ]/.test(bare) || words.every((word) => allowed.includes(word))
    if (words.length > 0 && !told) faults.add(`not in the catalogue: ${element.tagName.toLowerCase()} “${node.data.trim().slice(0, 60)}”`)
  }
  return [...faults]
}
