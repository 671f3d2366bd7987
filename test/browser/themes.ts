/** The variables that the editor gives a webview, for its four kinds of theme; values of the built-in themes. */

import { HUES } from '../../src/domain/display/runColours';

/** One theme. */
export interface Theme {
  readonly name: string;
  /** The class that the editor puts on the body. */
  readonly kind: 'vscode-dark' | 'vscode-light' | 'vscode-high-contrast' | 'vscode-high-contrast-light';
  readonly variables: Readonly<Record<string, string>>;
}

const COMMON = {
  'font-family': "system-ui, 'Ubuntu', 'Droid Sans', sans-serif",
  'font-size': '13px',
  'font-weight': 'normal',
};

/** Contributed by the extension. */
const hues = (shade: 'dark' | 'light') =>
  Object.fromEntries(HUES.map((hue) => [`supcon-${hue.name}`, hue[shade]]));

const CHARTS_DARK = {
  ...hues('dark'),
  'charts-blue': '#3794ff',
  'charts-green': '#89d185',
  'charts-orange': '#d18616',
  'charts-purple': '#b180d7',
  'charts-red': '#f14c4c',
  'charts-yellow': '#cca700',
};

const CHARTS_LIGHT = {
  ...hues('light'),
  'charts-blue': '#1a85ff',
  'charts-green': '#388a34',
  'charts-orange': '#d18616',
  'charts-purple': '#652d90',
  'charts-red': '#e51400',
  'charts-yellow': '#bf8803',
};

export const DARK: Theme = {
  name: 'dark',
  kind: 'vscode-dark',
  variables: {
    ...COMMON,
    ...CHARTS_DARK,
    'input-background': '#313131',
    'input-border': '#3c3c3c',
    'input-foreground': '#cccccc',
    'input-placeholderForeground': '#989898',
    'dropdown-background': '#313131',
    'dropdown-border': '#3c3c3c',
    'dropdown-foreground': '#cccccc',
    'menu-background': '#1f1f1f',
    'menu-foreground': '#cccccc',
    'menu-border': '#454545',
    'menu-selectionBackground': '#0078d4',
    'menu-selectionForeground': '#ffffff',
    'list-hoverBackground': '#2a2d2e',
    'button-background': '#0078d4',
    'button-foreground': '#ffffff',
    'button-hoverBackground': '#026ec1',
    'button-secondaryBackground': '#313131',
    'button-secondaryForeground': '#cccccc',
    'button-secondaryHoverBackground': '#3c3c3c',
    descriptionForeground: '#9d9d9d',
    'editor-background': '#1f1f1f',
    'editorError-foreground': '#f14c4c',
    'editorHoverWidget-background': '#202020',
    'editorHoverWidget-border': '#454545',
    'editorHoverWidget-foreground': '#cccccc',
    'editorInfo-foreground': '#3794ff',
    'editorWarning-foreground': '#cca700',
    focusBorder: '#0078d4',
    foreground: '#cccccc',
    'inputOption-activeBackground': '#2489db82',
    'inputOption-activeForeground': '#ffffff',
    'progressBar-background': '#0078d4',
    'sideBar-background': '#181818',
    'toolbar-hoverBackground': '#5a5d5e50',
  },
};

export const LIGHT: Theme = {
  name: 'light',
  kind: 'vscode-light',
  variables: {
    ...COMMON,
    ...CHARTS_LIGHT,
    'input-background': '#ffffff',
    'input-border': '#cecece',
    'input-foreground': '#3b3b3b',
    'input-placeholderForeground': '#767676',
    'dropdown-background': '#ffffff',
    'dropdown-border': '#cecece',
    'dropdown-foreground': '#3b3b3b',
    'menu-background': '#ffffff',
    'menu-foreground': '#3b3b3b',
    'menu-border': '#cecece',
    'menu-selectionBackground': '#005fb8',
    'menu-selectionForeground': '#ffffff',
    'list-hoverBackground': '#f2f2f2',
    'button-background': '#005fb8',
    'button-foreground': '#ffffff',
    'button-hoverBackground': '#0258a8',
    'button-secondaryBackground': '#e5e5e5',
    'button-secondaryForeground': '#3b3b3b',
    'button-secondaryHoverBackground': '#cccccc',
    descriptionForeground: '#3b3b3b',
    'editor-background': '#ffffff',
    'editorError-foreground': '#e51400',
    'editorHoverWidget-background': '#f8f8f8',
    'editorHoverWidget-border': '#c8c8c8',
    'editorHoverWidget-foreground': '#3b3b3b',
    'editorInfo-foreground': '#1a85ff',
    'editorWarning-foreground': '#bf8803',
    focusBorder: '#005fb8',
    foreground: '#3b3b3b',
    'inputOption-activeBackground': '#bed6ed',
    'inputOption-activeForeground': '#000000',
    'progressBar-background': '#005fb8',
    'sideBar-background': '#f8f8f8',
    'toolbar-hoverBackground': '#b8b8b850',
  },
};

export const HIGH_CONTRAST: Theme = {
  name: 'high-contrast',
  kind: 'vscode-high-contrast',
  variables: {
    ...COMMON,
    ...CHARTS_DARK,
    'input-background': '#000000',
    'input-border': '#6fc3df',
    'input-foreground': '#ffffff',
    'dropdown-background': '#000000',
    'dropdown-border': '#6fc3df',
    'dropdown-foreground': '#ffffff',
    'menu-background': '#000000',
    'menu-foreground': '#ffffff',
    'menu-border': '#6fc3df',
    'button-foreground': '#ffffff',
    'button-border': '#6fc3df',
    'button-secondaryForeground': '#ffffff',
    contrastBorder: '#6fc3df',
    descriptionForeground: 'rgba(255, 255, 255, 0.7)',
    'editor-background': '#000000',
    'editorError-foreground': '#f14c4c',
    'editorHoverWidget-background': '#0c141f',
    'editorHoverWidget-border': '#6fc3df',
    'editorHoverWidget-foreground': '#ffffff',
    'editorInfo-foreground': '#3794ff',
    'editorWarning-foreground': '#ffd370',
    focusBorder: '#f38518',
    foreground: '#ffffff',
    'inputOption-activeBackground': 'rgba(0, 0, 0, 0)',
    'inputOption-activeForeground': '#ffffff',
    'progressBar-background': '#6fc3df',
    'sideBar-background': '#000000',
  },
};

export const HIGH_CONTRAST_LIGHT: Theme = {
  name: 'high-contrast-light',
  kind: 'vscode-high-contrast-light',
  variables: {
    ...COMMON,
    ...CHARTS_LIGHT,
    'input-background': '#ffffff',
    'input-border': '#0f4a85',
    'input-foreground': '#292929',
    'dropdown-background': '#ffffff',
    'dropdown-border': '#0f4a85',
    'dropdown-foreground': '#292929',
    'menu-background': '#ffffff',
    'menu-foreground': '#292929',
    'menu-border': '#0f4a85',
    'button-background': '#0f4a85',
    'button-foreground': '#ffffff',
    'button-secondaryBackground': '#ffffff',
    'button-secondaryForeground': '#292929',
    contrastBorder: '#0f4a85',
    descriptionForeground: 'rgba(41, 41, 41, 0.9)',
    'editor-background': '#ffffff',
    'editorError-foreground': '#b5200d',
    'editorHoverWidget-background': '#ffffff',
    'editorHoverWidget-border': '#0f4a85',
    'editorHoverWidget-foreground': '#292929',
    'editorInfo-foreground': '#1a85ff',
    'editorWarning-foreground': '#895503',
    focusBorder: '#006bbd',
    foreground: '#292929',
    'inputOption-activeBackground': 'rgba(0, 0, 0, 0)',
    'inputOption-activeForeground': '#292929',
    'progressBar-background': '#0f4a85',
    'sideBar-background': '#ffffff',
  },
};

export const THEMES: readonly Theme[] = [DARK, LIGHT, HIGH_CONTRAST, HIGH_CONTRAST_LIGHT];
