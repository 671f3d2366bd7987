/** The form for one filter: a column, an operator that fits it, an operand; what does not fit is said in place. */
import * as l10n from '@vscode/l10n';
import { HumanError } from '../../../src/domain/errors';
import type { TableColumn } from '../../../src/domain/runsTable/columns';
import type { Filter, Operator } from '../../../src/domain/runsTable/filter';
import {
  OPERATORS,
  operatorInWords,
  operatorsFor,
  predicateOf,
  takesOperand,
} from '../../../src/domain/runsTable/filter';
import { element, setText, showIf } from '../../dom';
import { createButton } from '../../toolkit';
import type { TableStore } from '../state/store';
import type { PopupPlace } from './popup';
import { openPopup } from './popup';

/** Opens the form, for a column or for the first of the layout. */
export function openFilterForm(store: TableStore, place: PopupPlace, column?: string): void {
  const parts = createParts(store.view.known);
  const popup = openPopup({ class: 'filter-form', role: 'dialog', label: l10n.t('Filter runs'), place }, [
    parts.form,
  ]);
  parts.column.value = column ?? store.state.layout.columns[0]?.id ?? '';
  const chosen = () => store.view.known.find(({ id }) => id === parts.column.value);
  const showOperators = () => {
    const operators = operatorsFor(chosen()?.kind ?? 'text').map((value) =>
      element('option', { text: operatorInWords(value), attributes: { value } }),
    );
    parts.operator.replaceChildren(...operators);
    showIf(parts.operand, takesOperand(operatorOf(parts.operator.value)));
  };
  parts.column.addEventListener('change', showOperators);
  parts.operator.addEventListener('change', () =>
    showIf(parts.operand, takesOperand(operatorOf(parts.operator.value))),
  );
  const submit = () => {
    const target = chosen();
    if (!target) return;
    const operator = operatorOf(parts.operator.value);
    const filter = {
      column: target.id,
      operator,
      operand: takesOperand(operator) ? parts.operand.value.trim() : '',
    };
    const problem = problemOf(filter, target);
    setText(parts.problem, problem ?? '');
    if (problem !== undefined) return;
    popup.close();
    store.filter(filter);
  };
  parts.form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  parts.add.addEventListener('click', submit);
  parts.operand.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') submit();
  });
  showOperators();
  (column === undefined ? parts.column : parts.operand).focus();
}

/** Why a filter cannot be, in a sentence; undefined if it can. */
export function problemOf(filter: Filter, column: TableColumn): string | undefined {
  try {
    predicateOf(filter, column);
    return undefined;
  } catch (error) {
    if (error instanceof HumanError) return error.message;
    throw error;
  }
}

function createParts(columns: readonly TableColumn[]) {
  const options = columns.map(({ id, label }) =>
    element('option', { text: label, attributes: { value: id } }),
  );
  const column = element('select', { attributes: { 'aria-label': l10n.t('Column') } }, options);
  const operator = element('select', { attributes: { 'aria-label': l10n.t('Operator') } });
  const operand = element('input', {
    class: 'text-input',
    attributes: { 'aria-label': l10n.t('Value'), type: 'text' },
  });
  const problem = element('p', { class: 'problem', attributes: { role: 'alert' } });
  const add = createButton(l10n.t('Add filter'), 'filter', 'primary');
  const form = element('form', {}, [column, operator, operand, add, problem]);
  return { form, column, operator, operand, problem, add };
}

function operatorOf(text: string): Operator {
  return OPERATORS.find((operator) => operator === text) ?? '=';
}
