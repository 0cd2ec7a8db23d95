import { useDesk } from "./useDesk";
import { useNow } from "./useNow";

const time = (at) => at.toLocaleString(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });

/** Everyone, and until when they are there or away. */
export function Team({ document }) {
  const { desk, problems } = useDesk(document);
  const now = useNow();
  if (!desk) return <ul role="alert">{problems.map(({ path, message }) => <li key={path}>{path}: {message}</li>)}</ul>;
  return (
    <ul>
      {document.agents.map(({ id, name }) => {
        const { state, until } = desk.status(id, now);
        return <li key={id}>{name}: {state}{until && ` until ${time(until)}`}</li>;
      })}
    </ul>
  );
}
