import type { Channel, DeskDocument, Inbox } from "frontdesk/preview";

/** A channel, and where it is in the document. */
export interface ChannelPlace {
  readonly inbox: Inbox;
  readonly channel: Channel;
  readonly path: string;
  readonly inboxPath: string;
  readonly name: string;
}

/** Returns all channels of a document, in its order. */
export function channelsOf(document: DeskDocument): ChannelPlace[] {
  return (document.inboxes ?? []).flatMap((inbox, number) => {
    const inboxPath = `$.inboxes[${number}]`;
    return (inbox.channels ?? []).map((channel, index) => ({
      inbox, channel, inboxPath, path: `${inboxPath}.channels[${index}]`, name: `${inbox.name ?? inbox.id} / ${channel.name ?? channel.id}`,
    }));
  });
}

/** Returns the zone of the office hours of an inbox. */
export const zoneOf = (document: DeskDocument, inbox: Inbox): string => inbox.time_zone ?? document.time_zone;
