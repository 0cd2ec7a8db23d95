import type { ChannelPlace } from "./channels";

interface ChannelPickerProps {
  readonly channels: readonly ChannelPlace[];
  readonly chosen: ChannelPlace;
  readonly onChoose: (path: string) => void;
}

/** Chooses the channel that is edited and previewed. */
export function ChannelPicker({ channels, chosen, onChoose }: ChannelPickerProps) {
  return (
    <label className="picker">
      Channel
      <select value={chosen.path} onChange={({ target }) => onChoose(target.value)}>
        {channels.map(({ path, name }) => <option key={path} value={path}>{name}</option>)}
      </select>
    </label>
  );
}
