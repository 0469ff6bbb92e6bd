/** What only the console draws: its markup, with the styles that it shares. */
// biome-ignore-all lint/a11y/noRedundantRoles: on a phone the parts are shown as blocks, and would lose the roles that they have.

import { Icon } from '../src/ui/pieces/icons.tsx';
import { Board } from './boards.tsx';

const COLUMNS = ['Response', 'When', 'Photos', 'State'];
const ROWS = [
  ['Bow Choir', '1 July 2026, 14:30', '2', 'To review'],
  ['The park by the canal, with the bench under the old chestnut tree', '30 June 2026, 9:05', '0', 'Approved'],
];

export function ConsoleBoard() {
  return (
    <Board name="Table, cards, paging">
      <table class="table table-cards" role="table">
        <caption>Responses of Old Ford</caption>
        <thead role="rowgroup">
          <tr role="row">
            {COLUMNS.map((name) => (
              <th key={name} role="columnheader" scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {ROWS.map(([name = '', ...cells]) => (
            <tr key={name} role="row">
              <th role="rowheader" scope="row">
                <a href="#page">{name}</a>
              </th>
              {cells.map((cell, index) => (
                <td key={cell} role="cell">
                  <span class="cell-heading" aria-hidden="true">
                    {COLUMNS[index + 1]}
                  </span>
                  <span class={index === 2 ? 'chip chip-wait' : undefined}>{cell}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <nav class="paging" aria-label="Pages">
        <a href="#page">
          <Icon name="arrow" turns />
          Newer
        </a>
        <a href="#page">Older</a>
      </nav>
    </Board>
  );
}
