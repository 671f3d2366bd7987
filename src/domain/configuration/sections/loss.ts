/** What stage 1 optimises. */
import { choice, group, real } from '../fields';

export const loss = group(
  {
    name: choice(
      ['supcon', 'cross-entropy'],
      'supcon',
      'supcon: L_out of arXiv 2004.11362, equation 2. cross-entropy: the usual classifier, on the same views.',
    ),
    temperature: real(0.1, { minimum: 0.005, maximum: 10 }, 'Temperature tau; the paper uses 0.1.'),
    scale: choice(
      ['raw', 'tau', 'tau/base'],
      'raw',
      'Factor on the optimised loss: 1, tau (the reference code of the paper), or tau/0.07 (SupContrast).',
    ),
  },
  'What stage 1 optimises.',
);
