import type { DeskDocument } from "frontdesk/preview";

/** The desk that the page begins with. A helpdesk fetches its own. */
export const demo: DeskDocument = {
  version: 1,
  time_zone: "Europe/Stockholm",
  working_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "08:00", end: "17:00" }],
  teams: [
    { id: "support", name: "Support" },
    { id: "nights", name: "Nights", working_hours: [{ days: ["fri", "sat"], start: "22:00", end: "06:00" }] },
  ],
  agents: [
    {
      id: "anna", name: "Anna Berg", team: "support",
      out_of_office: [{ first_day: "2026-04-07", last_day: "2026-04-10", note: "Skiing" }],
    },
    {
      id: "bo", name: "Bo Lind", team: "support", time_zone: "America/New_York",
      out_of_office: [{ start: "2026-03-26T13:00", end: "2026-03-26T17:00", note: "Dentist" }],
    },
    { id: "cy", name: "Cyrus Amini", team: "nights" },
  ],
  holidays: [{ id: "easter", name: "Easter", dates: ["2026-04-03", "2026-04-06"] }],
  inboxes: [
    {
      id: "help", name: "Help",
      office_hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "17:00" }],
      channels: [
        {
          id: "chat", kind: "chat", name: "Chat",
          office_hours: [
            { days: ["mon", "tue", "wed", "thu", "fri"], start: "08:00", end: "12:00" },
            { days: ["mon", "tue", "wed", "thu", "fri"], start: "13:00", end: "18:00" },
            { days: ["sat"], start: "22:00", end: "06:00" },
          ],
          rules: [{ id: "everyone", steps: [{ assign_to: "everyone" }] }],
          visitor: { availability: "office_hours", reply_time: "a few minutes", when_away: { message: "Leave us a message." } },
        },
        {
          id: "phone", kind: "call", name: "Phone",
          rules: [{ id: "support", steps: [{ assign_to: { teams: ["support"] } }] }],
          visitor: { availability: "office_hours" },
        },
      ],
    },
    {
      id: "sales", name: "Sales", time_zone: "America/New_York",
      channels: [
        {
          id: "form", kind: "form", name: "Form",
          rules: [{ id: "bo", steps: [{ assign_to: { agents: ["bo"] } }] }],
          visitor: { availability: "office_hours", when_closed: { hide: true } },
        },
      ],
    },
  ],
};
