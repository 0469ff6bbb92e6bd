/** Whom a worker can ring, as the team has said. Nothing when it has not. */

import { useTools } from '../tools.ts';

/** A telephone number among other words: at least so many digits. */
const NUMBER = /\+?\d[\d\s().-]{5,}\d/;

export function WhomToRing() {
  const { app } = useTools();
  const contacts = app.places.value?.contacts ?? [];
  if (contacts.length === 0) return null;
  return (
    <section class="stack-close" aria-labelledby="whom-to-ring">
      <h2 id="whom-to-ring">{app.words.t('Who to ring')}</h2>
      <ul>
        {contacts.map(({ name, text }) => (
          <li key={`${name} ${text}`}>
            <bdi lang="">{name}</bdi> <Reach text={text} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The number is a link; the words around it stay. */
function Reach({ text }: { readonly text: string }) {
  const number = NUMBER.exec(text)?.[0];
  if (number === undefined) return <bdi lang="">{text}</bdi>;
  const [before = '', after = ''] = text.split(number, 2);
  return (
    <bdi lang="">
      {before}
      <a class="back" href={`tel:${number.replace(/[^\d+]/g, '')}`} dir="ltr">
        {number}
      </a>
      {after}
    </bdi>
  );
}
