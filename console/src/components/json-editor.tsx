import CodeEditor, { type CodeEditorProps } from '@cloudscape-design/components/code-editor';
import * as ace from 'ace-builds';
import 'ace-builds/src-noconflict/ext-language_tools';
import 'ace-builds/src-noconflict/mode-json';
import 'ace-builds/src-noconflict/theme-cloud_editor';
import 'ace-builds/src-noconflict/theme-cloud_editor_dark';
import 'ace-builds/css/ace.css';
import 'ace-builds/css/theme/cloud_editor.css';
import 'ace-builds/css/theme/cloud_editor_dark.css';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';

import type { PlacedFault } from '../logic/fault-places';

// The page's Content-Security-Policy allows styles from files alone: those above.
ace.config.set('useStrictCSP', true);
// What is wrong is known already, in the API's own words; a worker would be a script from a text.
ace.config.setDefaultValue('session', 'useWorker', false);
ace.config.setDefaultValue('renderer', 'showPrintMargin', false);

const THEMES: NonNullable<CodeEditorProps['themes']> = { light: ['cloud_editor'], dark: ['cloud_editor_dark'] };

export interface JsonEditorHandle {
  /** Puts the cursor at a place in the text, and the text where it can be seen. */
  readonly goTo: (offset: number) => void;
}

interface Props {
  readonly ref: Ref<JsonEditorHandle>;
  readonly label: string;
  readonly value: string;
  readonly faults: readonly PlacedFault[];
  readonly onChange: (text: string) => void;
  /** The place of the cursor in the text. */
  readonly onCursor: (offset: number) => void;
}

/** Cloudscape's editor, with each fault in the margin of its line. It loads nothing when it is there. */
export default function JsonEditor({ ref, label, value, faults, onChange, onCursor }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [preferences, setPreferences] = useState<CodeEditorProps.Preferences>();
  useFaultsInMargin(place, faults);
  useImperativeHandle(ref, () => ({
    goTo: (offset) => {
      const editor = editorIn(place.current);
      if (editor === null) return;
      const { row, column } = editor.session.doc.indexToPosition(offset);
      editor.focus();
      editor.gotoLine(row + 1, column, false);
    },
  }));
  const readCursor = (): void => {
    const editor = editorIn(place.current);
    if (editor !== null) onCursor(editor.session.doc.positionToIndex(editor.getCursorPosition()));
  };
  return (
    <div ref={place} onKeyUp={readCursor} onMouseUp={readCursor}>
      <CodeEditor
        ace={ace}
        language="json"
        themes={THEMES}
        ariaLabel={label}
        value={value}
        {...(preferences === undefined ? {} : { preferences })}
        onPreferencesChange={({ detail }) => {
          setPreferences(detail);
        }}
        onChange={({ detail }) => {
          onChange(detail.value);
        }}
      />
    </div>
  );
}

function useFaultsInMargin(place: { readonly current: HTMLDivElement | null }, faults: readonly PlacedFault[]): void {
  useEffect(() => {
    const annotations = faults.map(({ field, message, line }) => ({
      row: line - 1,
      column: 0,
      type: 'error' as const,
      text: `${field} ${message}`.trim(),
    }));
    editorIn(place.current)?.session.setAnnotations(annotations);
  }, [place, faults]);
}

/** Ace gives the one that is there already. */
function editorIn(place: HTMLDivElement | null): ace.Ace.Editor | null {
  const element = place?.querySelector<HTMLElement>('.ace_editor') ?? null;
  return element === null ? null : ace.edit(element);
}
