/** One thing in a list: its name, whether something is missing in it, answer or change, remove with undo. */

import type { Interview } from '../../app/index.ts';
import { firstPageIn, isUntouched, type ListPage, type Page } from '../../app/pages.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { Icon } from '../pieces/icons.tsx';
import { Shown } from '../pieces/shown.tsx';
import { liveForm } from '../questions/worded-form.ts';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { instanceName } from './instance-name.ts';
import { routeTo } from './route-to.ts';

interface ListLineProps {
  readonly interview: Interview;
  readonly pages: readonly Page[];
  readonly list: ListPage;
  readonly instance: InstanceNode;
}

export function ListLine({ interview, pages, list, instance }: ListLineProps) {
  const { t } = useTools().app.words;
  liveForm(interview);
  const first = firstPageIn(pages, list, instance);
  const nameId = `thing-${list.address}-${instance.position}`;
  return (
    <li class="card line">
      <div>
        <p class="line-name" id={nameId}>
          <Shown words={instanceName(interview, list, instance.position)} />
        </p>
        {hasProblem(instance) && (
          <p class="chip chip-wait">
            <Icon name="warning" />
            {t('Something is missing')}
          </p>
        )}
      </div>
      <div class="line-acts">
        {first && (
          <a
            id={`${nameId}-change`}
            href={pathOf(routeTo(interview, first))}
            aria-labelledby={`${nameId}-change ${nameId}`}
          >
            {isUntouched(instance) ? t('Answer') : t('Change')}
          </a>
        )}
        {list.repeat.count === undefined && (
          <RemoveButton interview={interview} list={list} instance={instance} nameId={nameId} />
        )}
      </div>
    </li>
  );
}

interface RemoveButtonProps extends Omit<ListLineProps, 'pages'> {
  readonly nameId: string;
}

/** The button goes with the line, so focus moves to the heading of the page. */
function RemoveButton({ interview, list, instance, nameId }: RemoveButtonProps) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const remove = (): void => {
    const name = instanceName(interview, list, instance.position).text;
    const undo = interview.removeRepeat(instance);
    announcer.say({ text: t('{name} was removed.', { name }), undo });
    document.querySelector('h1')?.focus();
  };
  return (
    <button
      type="button"
      id={`${nameId}-remove`}
      class="button button-quiet"
      aria-labelledby={`${nameId}-remove ${nameId}`}
      onClick={remove}
    >
      {t('Remove')}
    </button>
  );
}

function hasProblem(node: InstanceNode): boolean {
  return node.problem !== undefined || node.children.some(hasProblem);
}
