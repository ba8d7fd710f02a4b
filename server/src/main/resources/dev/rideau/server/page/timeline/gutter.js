import { fill, make } from '../core/dom.js';
import { durationText } from '../core/numbers.js';
import { kindName } from './rows.js';
import { HEAD_HEIGHT, placesInSight, rowTop } from './scene.js';

/** Names of the rows in sight, as a tree that keyboard and screen readers know. */
export class Gutter {
  #drawn = '';

  constructor(element, { onToggle, onSelect, onPin }) {
    this.element = element;
    element.setAttribute('role', 'tree');
    element.setAttribute('aria-label', 'Rows of the timeline');
    this.actions = { onToggle, onSelect, onPin };
    this.list = make('div', { class: 'gutter-rows', role: 'presentation' });
    this.pinned = make('div', { class: 'gutter-pinned', role: 'presentation' });
    element.append(this.list, this.pinned);
  }

  draw(scene) {
    const { rows } = scene;
    const places = placesInSight(scene);
    const key = [
      scene.scrollTop,
      scene.height,
      scene.thing?.row,
      rows.pins.join(),
      ...places.map((place) => `${place.row.id}${rows.isOpen(place.row) ? '-' : '+'}`),
    ].join(' ');
    if (key === this.#drawn) return;
    this.#drawn = key;
    const top = HEAD_HEIGHT + rows.pinnedHeight;
    this.list.style.top = `${top}px`;
    this.list.style.height = `${Math.max(0, scene.height - top)}px`;
    this.pinned.style.top = `${HEAD_HEIGHT}px`;
    this.pinned.style.height = `${rows.pinnedHeight}px`;
    const label = (place) => this.#label(place, scene);
    fill(this.pinned, places.filter((place) => place.isPinned).map(label));
    fill(this.list, places.filter((place) => !place.isPinned).map(label));
  }

  #label(place, scene) {
    const { row } = place;
    const { rows } = scene;
    const isParent = rows.hasChildren(row);
    const isOpen = isParent && rows.isOpen(row);
    const isPinned = rows.pins.includes(row.id);
    const origin = place.isPinned ? HEAD_HEIGHT : HEAD_HEIGHT + rows.pinnedHeight;
    const element = make(
      'div',
      {
        class: `gutter-row ${row.kind === 'group' ? 'is-group' : ''} ${row.id === scene.thing?.row ? 'is-selected' : ''}`,
        role: 'treeitem',
        'aria-level': place.depth + 1,
        'aria-expanded': isParent ? String(isOpen) : null,
        'aria-selected': String(row.id === scene.thing?.row),
        title: `${row.name} ${row.detail ?? ''} (${kindName(row.kind)}${row.busy ? `, busy ${durationText(row.busy)}` : ''})`,
        onclick: () => (row.kind === 'group' ? this.actions.onToggle(row) : this.actions.onSelect(row)),
        ondblclick: () => isParent && row.kind !== 'group' && this.actions.onToggle(row),
      },
      make(
        'button',
        {
          class: 'twist',
          tabindex: -1,
          'aria-hidden': 'true',
          onclick: (event) => {
            event.stopPropagation();
            this.actions.onToggle(row);
          },
        },
        isParent ? (isOpen ? '▾' : '▸') : '',
      ),
      make('span', { class: 'gutter-name' }, row.name || '(no name)'),
      make('span', { class: 'gutter-detail' }, numberOf(row)),
      row.kind === 'group'
        ? null
        : make(
            'button',
            {
              class: `pin ${isPinned ? 'is-pinned' : ''}`,
              tabindex: -1,
              'aria-label': `${isPinned ? 'Unpin' : 'Pin'} ${row.name}`,
              title: isPinned ? 'Unpin (P)' : 'Keep on top (P)',
              onclick: (event) => {
                event.stopPropagation();
                this.actions.onPin(row);
              },
            },
            isPinned ? '★' : '☆',
          ),
    );
    element.style.top = `${rowTop(place, scene) - origin}px`;
    element.style.height = `${place.height}px`;
    element.style.paddingLeft = `${4 + place.depth * 12}px`;
    return element;
  }
}

/** What tells rows of one name apart. */
function numberOf(row) {
  if (row.detail) return row.detail;
  if (row.kind === 'thread' && row.tid !== null) return String(row.tid);
  return row.kind === 'process' && row.pid !== null ? String(row.pid) : '';
}
