/** What a projector's session needs of the editor, and what it is given: the page's end of the wire, and opened sources. */
import type { RunLook } from '../../domain/display/runColours';
import type {
  PaneSource,
  ProjectorHostMessage,
  ProjectorLayout,
  ProjectorPageMessage,
  SavedSelection,
} from '../../protocol/pages/projector';
import type { OpenMaps, SourceFacts } from '../../runs/maps/maps';

/** What the extension knows of one side beside its source. */
export interface ProjectorSide {
  /** Undefined to call it as the source does. */
  readonly name?: string;
  readonly look: RunLook;
  readonly isLive: boolean;
}

/** Sources that were opened for a page. */
export interface OpenedProjector {
  readonly maps: OpenMaps;
  readonly left: ProjectorSide;
  readonly right: ProjectorSide | null;
  readonly selections: readonly SavedSelection[];
  readonly layout: ProjectorLayout;
}

/** A message of the page by its name. */
export type Of<Type extends ProjectorPageMessage['type']> = Extract<ProjectorPageMessage, { type: Type }>;

/** What the page asks of the editor, not of maps. */
export type ProjectorAction = Of<'saveSelections' | 'layout' | 'save' | 'command' | 'select'>;

/** The page's end of the wire, and what the session needs of the editor. */
export interface ProjectorPort {
  /** Resolves to false if the page is hidden and the message lost. */
  post(message: ProjectorHostMessage): PromiseLike<boolean>;
  /** What is being opened, in words. */
  readonly what: () => string;
  /** Opens what the tab is about. Rejects with HumanError where there is nothing to show. */
  open(): Promise<OpenedProjector>;
  act(action: ProjectorAction): void;
  openFile(path: string): void;
  /** A folder for files; undefined if the user turns away. */
  pickFolder(): Promise<string | undefined>;
  /** Says something in passing. */
  tell(sentence: string): void;
  /** Told about what a page sent that is no message. */
  reject(message: unknown): void;
  /** Told about a defect. */
  fail(doing: string, thrown: unknown): void;
}

/** What the page is told once sources are open. */
export function openedMessage({
  maps,
  left,
  right,
  selections,
  layout,
}: OpenedProjector): ProjectorHostMessage {
  const { opened } = maps;
  return {
    type: 'opened',
    left: paneOf(opened.left, left),
    right: opened.right === null || right === null ? null : paneOf(opened.right, right),
    partners: opened.partners,
    // What is proposed names no axes: a user chooses them.
    request: { ...opened.request, axes: [] },
    selections: [...selections],
    layout,
  };
}

function paneOf(facts: SourceFacts, { name, look, isLive }: ProjectorSide): PaneSource {
  return { ...facts, name: name ?? facts.name, look, isLive };
}
