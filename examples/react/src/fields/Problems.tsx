import type { Problem } from "frontdesk/preview";

import { useEditing } from "../desk/EditingContext";

/** The id of the element that tells the problems of a path. */
export const problemsId = (path: string): string => `${path}-problems`;

/** What is wrong at a path, in the words of frontdesk. */
export function Problems({ path }: { path: string }) {
  const { problems } = useEditing();
  const here = problems.filter((problem) => problem.path === path);
  if (here.length === 0) return null;
  return (
    <ul className="problems" id={problemsId(path)}>
      {here.map((problem) => <li key={problem.code}>{sentence(problem)}</li>)}
    </ul>
  );
}

const sentence = ({ message, hint }: Problem): string => (hint ? `${message}: ${hint}` : message);
