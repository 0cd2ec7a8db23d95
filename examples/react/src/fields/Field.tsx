import type { InputHTMLAttributes } from "react";

import { useEditing } from "../desk/EditingContext";
import { valueAt } from "../desk/path";
import { Problems, problemsId } from "./Problems";

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange" | "id"> {
  /** Where its text is in the document. */
  readonly path: string;
  readonly label: string;
  /** Leaves the key out of the document while the field is empty. */
  readonly isOptional?: boolean;
}

/** A text of the document, with its problems beside it. */
export function Field({ path, label, isOptional = false, ...input }: FieldProps) {
  const { document, problems, set } = useEditing();
  const isWrong = problems.some((problem) => problem.path === path);
  return (
    <div className="field">
      <label htmlFor={path}>{label}</label>
      <input
        {...input}
        id={path}
        value={String(valueAt(document, path) ?? "")}
        onChange={({ target }) => set(path, isOptional && target.value === "" ? undefined : target.value)}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? problemsId(path) : undefined}
      />
      <Problems path={path} />
    </div>
  );
}
