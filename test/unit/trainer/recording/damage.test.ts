import { expect, test } from 'vitest';
import { damageAlert } from '../../../../src/trainer/recording/damage';

test('the alert counts the damaged images and says that it names only some', () => {
  const alert = damageAlert({ count: 3, names: ['a.png', 'b.png'] }, 5);
  expect(alert).toMatchObject({
    severity: 'warning',
    at: 5,
    cause: '3 damaged images were left out: a.png, b.png and 1 more.',
  });
  expect(damageAlert({ count: 1, names: ['a.png'] }, 5).cause).toBe('1 damaged image was left out: a.png.');
});
