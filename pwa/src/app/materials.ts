/** What an interview is made of: a form's logic, words and lists from the library, parsed, and the world as the engine sees it. */

import type { Environment } from '../environment.ts';
import type { FunctionMap } from '../formlogic/arguments.ts';
import {
  type ListTable,
  type Logic,
  parseList,
  parseLogic,
  parseTextPack,
  type TextPack,
} from '../formlogic/definition.ts';
import { FormLogicError } from '../formlogic/errors.ts';
import { PLAIN_FUNCTIONS } from '../formlogic/evaluate.ts';
import {
  begin,
  type Surroundings as EngineSurroundings,
  type Form,
  type ListFiles,
  resume,
} from '../formlogic/form.ts';
import type { Lang } from '../i18n/languages.ts';
import type { StoredForm, StoredLanguage } from '../store/schema.ts';
import { uuid4 } from '../sync/ids.ts';
import type { Credentials } from './enrolment.ts';
import { chooseLanguage } from './forms.ts';
import type { Library } from './library.ts';
import { localText } from './moments.ts';

/** What a form needs besides words. */
export interface Ground {
  readonly logic: Logic;
  /** Those that the form came with: a later publication does not change them under an interview. */
  readonly lists: ListFiles;
  /** Those that its expressions call and that are not always here. */
  readonly functions: FunctionMap | undefined;
}

export interface Material extends Ground {
  readonly language: StoredLanguage;
  readonly pack: TextPack;
}

interface Surroundings {
  readonly environment: Environment;
  readonly library: Library;
  readonly credentials: () => Credentials | undefined;
}

export class Materials {
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /**
   * The logic and the lists, and words in the wanted language if they can be had, else in one that is on this phone. Undefined when a part is
   * missing, or is of a format that only a newer app reads: for this app it is not here.
   */
  async find(form: StoredForm, wanted: Lang): Promise<Material | undefined> {
    const ground = await this.#ground(form);
    const here = this.#around.library.here.value;
    const others = form.languages.filter(({ texts }) => here.has(texts));
    for (const language of [chooseLanguage(form, wanted), ...others]) {
      const pack = ground && (await this.pack(language));
      if (ground !== undefined && pack !== undefined) return { ...ground, language, pack };
    }
    return undefined;
  }

  async pack(language: StoredLanguage): Promise<TextPack | undefined> {
    const text = await this.#around.library.readOrFetch('texts', language.texts);
    return text === undefined ? undefined : readable(() => parseTextPack(JSON.parse(text)));
  }

  begin({ logic, lists, functions }: Ground): Form {
    return begin(logic, this.#engineSurroundings(functions), lists);
  }

  /** Undefined when the stored answers are not of this form. */
  resume({ logic, lists, functions }: Ground, answersJson: string): Form | undefined {
    return readable(() => resume(logic, answersJson, this.#engineSurroundings(functions), lists));
  }

  async #ground(form: StoredForm): Promise<Ground | undefined> {
    const text = await this.#around.library.readOrFetch('logic', form.logic);
    const logic = text === undefined ? undefined : readable(() => parseLogic(JSON.parse(text)));
    const lists = logic && (await this.#lists(form));
    if (text === undefined || logic === undefined || lists === undefined) return undefined;
    const more = await moreFunctions(text);
    return more === 'missing' ? undefined : { logic, lists, functions: more };
  }

  /** Undefined when one of them is missing: then its questions would offer nothing. */
  async #lists(form: StoredForm): Promise<ListFiles | undefined> {
    const found = new Map<string, ListTable>();
    for (const { id, sha256 } of form.lists ?? []) {
      const text = await this.#around.library.readOrFetch('lists', sha256);
      const table = text === undefined ? undefined : readable(() => parseList(JSON.parse(text)));
      if (table === undefined) return undefined;
      found.set(id, table);
    }
    return found;
  }

  #engineSurroundings(functions: FunctionMap | undefined): EngineSurroundings {
    const { clock, random } = this.#around.environment;
    const credentials = this.#around.credentials();
    return {
      get now() {
        return localText(clock.now(), clock.offset());
      },
      uuid: () => uuid4(random.bytes(16)),
      random: () => random.fraction(),
      ...(functions === undefined ? {} : { functions }),
      ...(credentials === undefined ? {} : { deviceId: credentials.device, userName: credentials.name }),
    };
  }
}

/** Few forms call more than what is always here; for those that do, the rest is fetched, or found in the app's own cache. */
async function moreFunctions(logic: string): Promise<FunctionMap | undefined | 'missing'> {
  const called = [...logic.matchAll(/"call","([^"]+)"/g)].map(([, name]) => name ?? '');
  if (called.every((name) => PLAIN_FUNCTIONS.has(name))) return undefined;
  try {
    return (await import('../formlogic/functions-later.ts')).LATER_FUNCTIONS;
  } catch {
    return 'missing';
  }
}

function readable<Thing>(parse: () => Thing): Thing | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof FormLogicError) return undefined;
    throw error;
  }
}
