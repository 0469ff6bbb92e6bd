/** A form with each kind of question three times: blank, answered, and wrong. In the three languages of the page. */

interface Kind {
  readonly name: string;
  readonly node: object;
  readonly given: string;
  readonly label: readonly [en: string, bn: string, ar: string];
}

const LANGUAGES = ['en', 'bn', 'ar'] as const;
const STATES = ['blank', 'given', 'wrong'] as const;
const FORM = { id: 'design', version: '1' };
const TITLE = ['Every component', 'সব উপাদান', 'كل المكوّنات'] as const;
const HINT = [
  'A hint says what helps to answer.',
  'উত্তর দিতে যা সাহায্য করে তা এখানে লেখা থাকে।',
  'يقول التلميح ما يساعد على الإجابة.',
] as const;
const WRONG = ['Say how to put it right.', 'কীভাবে ঠিক করবেন তা বলুন।', 'قل كيف يُصحَّح ذلك.'] as const;
const CHOICES: readonly (readonly [string, string, string, string])[] = [
  ['park', 'The park by the canal', 'খালের পাশের পার্ক', 'الحديقة بجانب القناة'],
  [
    'hall',
    'The tenants’ hall, where people meet on most evenings of the week',
    'ভাড়াটেদের হল',
    'قاعة المستأجرين التي يلتقي فيها الناس',
  ],
  ['choir', 'A choir', 'একটি গানের দল', 'جوقة'],
  ['lunch', 'Lunch club', 'দুপুরের খাবারের ক্লাব', 'نادي الغداء'],
  ['unsure', 'I don’t know', 'আমি জানি না', 'لا أعرف'],
];

const KINDS: readonly Kind[] = [
  {
    name: 'words',
    node: { type: 'string', control: 'input' },
    given: 'Bow Choir',
    label: ['A few words', 'কয়েকটি শব্দ', 'بضع كلمات'],
  },
  {
    name: 'lines',
    node: { type: 'string', control: 'input', appearance: 'multiline' },
    given: 'They sing on Tuesdays.',
    label: ['Several lines', 'কয়েক লাইন', 'عدة أسطر'],
  },
  { name: 'number', node: { type: 'int', control: 'input' }, given: '12', label: ['A number', 'একটি সংখ্যা', 'عدد'] },
  {
    name: 'one',
    node: { type: 'string', control: 'select1', choices: choices() },
    given: 'park',
    label: ['One of several', 'একটি বেছে নিন', 'اختر واحدًا'],
  },
  {
    name: 'many',
    node: { type: 'string', control: 'select', choices: choices() },
    given: 'park choir',
    label: ['As many as you like', 'যতগুলো চান', 'اختر ما تشاء'],
  },
  {
    name: 'columns',
    node: { type: 'string', control: 'select', appearance: 'columns-2', choices: choices() },
    given: 'hall',
    label: ['In two columns', 'দুই কলামে', 'في عمودين'],
  },
  {
    name: 'menu',
    node: { type: 'string', control: 'select1', appearance: 'minimal', choices: choices() },
    given: 'choir',
    label: ['From a menu', 'তালিকা থেকে', 'من قائمة'],
  },
  {
    name: 'search',
    node: { type: 'string', control: 'select1', appearance: 'search', choices: choices() },
    given: 'lunch',
    label: ['From a long list', 'লম্বা তালিকা থেকে', 'من قائمة طويلة'],
  },
  {
    name: 'rank',
    node: { type: 'string', control: 'rank', choices: choices() },
    given: 'hall park choir lunch unsure',
    label: ['In order', 'ক্রমে সাজান', 'رتّب'],
  },
  {
    name: 'range',
    node: { type: 'int', control: 'range', range: { start: '1', end: '10', step: '1' } },
    given: '7',
    label: ['From 1 to 10', '১ থেকে ১০', 'من 1 إلى 10'],
  },
  { name: 'date', node: { type: 'date', control: 'input' }, given: '2026-07-01', label: ['A day', 'একটি দিন', 'يوم'] },
  {
    name: 'moment',
    node: { type: 'dateTime', control: 'input' },
    given: '2026-07-01T14:30:00.000+00:00',
    label: ['Day and time', 'দিন ও সময়', 'يوم ووقت'],
  },
  {
    name: 'photo',
    node: { type: 'binary', control: 'upload', media: 'image/*' },
    given: '',
    label: ['A photo', 'একটি ছবি', 'صورة'],
  },
  {
    name: 'place',
    node: { type: 'geopoint', control: 'input' },
    given: '51.53 -0.03 0 12',
    label: ['A place', 'একটি জায়গা', 'مكان'],
  },
];

function choices(): object {
  const nodes = ['path', ['call', 'instance', ['str', 'places']], ['child', 'root'], ['child', 'item']];
  return { nodes, value: 'name', text: 'itextId' };
}

export function logicText(): string {
  const leaves = KINDS.flatMap(({ name, node, given }) =>
    STATES.map((state) => ({
      name: `${name}_${state}`,
      parent: 0,
      kind: 'leaf',
      ...node,
      label: name,
      hint: 'hint',
      required_message: 'wrong',
      ...(state === 'wrong' ? { required: ['call', 'true'] } : {}),
      ...(state === 'given' ? { value: given } : {}),
    })),
  );
  return JSON.stringify({
    format: 1,
    form: FORM,
    nodes: [{ name: 'data', kind: 'group' }, ...leaves],
    lists: { places: { columns: ['name', 'itextId'], rows: CHOICES.map(([value]) => [value, `place-${value}`]) } },
    order: [],
  });
}

export function packs(): readonly { readonly lang: string; readonly title: string; readonly text: string }[] {
  return LANGUAGES.map((lang, index) => {
    const title = TITLE[index] ?? '';
    const texts = new Map<string, string>([
      ['hint', HINT[index] ?? ''],
      ['wrong', WRONG[index] ?? ''],
      ...KINDS.map(({ name, label }) => [name, label[index] ?? ''] as const),
      ...CHOICES.map(([value, ...words]) => [`place-${value}`, words[index] ?? ''] as const),
    ]);
    return {
      lang,
      title,
      text: JSON.stringify({ format: 1, form: FORM, lang, title, texts: Object.fromEntries(texts) }),
    };
  });
}
