/** Styles of what is fetched apart. A chunk of the build has no styles of its own, so the page links them; they are kept for offline as all else is. */

/** Resolves when they are in force; rejects when they cannot be had now, and may then be tried again. */
export function linkStyles(address: string): Promise<void> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address;
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new TypeError(`${address} could not be fetched.`));
    };
    document.head.append(link);
  });
}
