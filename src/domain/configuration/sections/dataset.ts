/** Which labelled samples a run trains on. */
import { choice, group, real, text, whole } from '../fields';
import { choiceOrModule } from '../modulePath';

export const dataset = group(
  {
    kind: choiceOrModule(
      ['generated', 'idx', 'cifar-10', 'cifar-100', 'folders', 'index', 'arrays'],
      'generated',
      'How the samples are stored. folders: image files, one folder a class. index: a CSV, TSV or Parquet file of images and labels. arrays: .npy or .npz of images or features. A path such as "./my-data.mjs": a module of your own.',
    ),
    path: text(
      '',
      'Folder, file or archive (.zip, .tar, .tar.gz) of the samples; relative to the configuration file. Empty for the generated set.',
    ),
    validationFraction: real(
      0.1,
      { minimum: 0.01, maximum: 0.5 },
      'Share of the training images held out, by class and seed, for every choice made during training.',
    ),
    testFraction: real(
      0.2,
      { minimum: 0.01, maximum: 0.5 },
      'Share of the samples put aside, by class and seed, as the test set where the source has none of its own.',
    ),
    labels: choice(
      ['fine', 'coarse'],
      'fine',
      'Which labels of CIFAR-100: 100 fine classes or 20 superclasses.',
    ),
    imageSize: whole(
      0,
      { minimum: 0, maximum: 1024 },
      'Side in pixels that image files are brought to; 0 takes the shorter side of the most common size, at most 64.',
    ),
    resize: choice(
      ['crop', 'stretch'],
      'crop',
      'How image files become square. crop: the shorter side is resized, then the centre is cut out. stretch: both sides are resized.',
    ),
    colour: choice(
      ['auto', 'grey', 'colour'],
      'auto',
      'Channels of image files; auto is grey where every file is stored in grey.',
    ),
    imageColumn: text(
      '',
      'Column of an index with the images; empty finds it by a common name such as image.',
    ),
    labelColumn: text(
      '',
      'Column of an index with the labels; empty finds it by a common name such as label. Several with commas between: a column a class, with 0, 1 or a weight between.',
    ),
    labelSeparator: text(
      '',
      'What stands between several labels in one cell of an index, for example | or ; or a space. Empty: a cell is one label.',
    ),
    splitColumn: text(
      '',
      'Column of an index with train, test or val in each row; empty finds it by a common name such as split.',
    ),
    arrays: text(
      '',
      'Names of the arrays: samples,labels or training samples,labels,test samples,labels; empty finds them by common names such as x_train.',
    ),
  },
  'The labelled samples.',
);
