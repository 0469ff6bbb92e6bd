/** What an interview is made of: a form's logic and words from the library, parsed, and the world as the engine sees it. */

import type { Environment } from '../environment.ts';
import { type Logic, parseLogic, parseTextPack, type TextPack } from '../formlogic/definition.ts';
import { FormLogicError } from '../formlogic/errors.ts';
import { type Surroundings as EngineSurroundings, type Form, resume } from '../formlogic/form.ts';
import type { Lang } from '../i18n/languages.ts';
import type { StoredForm, StoredLanguage } from '../store/schema.ts';
import { uuid4 } from '../sync/ids.ts';
import type { Credentials } from './enrolment.ts';
import { chooseLanguage } from './forms.ts';
import type { Library } from './library.ts';
import { localText } from './moments.ts';

export interface Material {
  readonly logic: Logic;
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
   * The logic, and words in the wanted language if they can be had, else in one that is on this phone. Undefined when a part is
   * missing, or is of a format that only a newer app reads: for this app it is not here.
   */
  async find(form: StoredForm, wanted: Lang): Promise<Material | undefined> {
    const text = await this.#around.library.readOrFetch('logic', form.logic);
    const logic = text === undefined ? undefined : readable(() => parseLogic(JSON.parse(text)));
    const here = this.#around.library.here.value;
    const others = form.languages.filter(({ texts }) => here.has(texts));
    for (const language of [chooseLanguage(form, wanted), ...others]) {
      const pack = logic && (await this.pack(language));
      if (logic !== undefined && pack !== undefined) return { logic, language, pack };
    }
    return undefined;
  }

  async pack(language: StoredLanguage): Promise<TextPack | undefined> {
    const text = await this.#around.library.readOrFetch('texts', language.texts);
    return text === undefined ? undefined : readable(() => parseTextPack(JSON.parse(text)));
  }

  /** Undefined when the stored answers are not of this form. */
  resume(logic: Logic, answersJson: string): Form | undefined {
    return readable(() => resume(logic, answersJson, this.engineSurroundings()));
  }

  engineSurroundings(): EngineSurroundings {
    const { clock, random } = this.#around.environment;
    const credentials = this.#around.credentials();
    return {
      get now() {
        return localText(clock.now(), clock.offset());
      },
      uuid: () => uuid4(random.bytes(16)),
      random: () => random.fraction(),
      ...(credentials === undefined ? {} : { deviceId: credentials.device, userName: credentials.name }),
    };
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
