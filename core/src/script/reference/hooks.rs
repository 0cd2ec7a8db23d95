//! Documentation of every hook.

use crate::problem::Word;
use crate::routing::extension::HookName;
use crate::script::Hook;

impl Hook {
    /// Returns when it is called, and its result.
    pub fn doc(&self) -> &'static str {
        HookName::find(self.name).map_or("", sentence)
    }
}

fn sentence(hook: HookName) -> &'static str {
    match hook {
        HookName::Eligible => {
            "Asked for every agent who passed all else, in document order: true, or false to refuse it, or a text that says why it is refused."
        }
        HookName::Score => {
            "Asked for every agent who is left: a number, the highest gets the conversation; () refuses the agent. Ties: lowest load, then least recently assigned, then the order of the document."
        }
        HookName::Pick => "Asked once, instead of score: one of the candidates or its id, or () for nobody.",
        HookName::Priority => {
            "Asked when a conversation begins a rule that names the script at any step: a whole number, its priority in the queue from then on, instead of its own and what channel, rule and steps add; () leaves it that. #{priority: 5, again_at: desk.now + 60} asks to be asked again at that time, a second away at least, if the conversation still waits."
        }
        HookName::Fallback => {
            "Asked when a conversation has just reached the step and finds nobody: () does what the rule says, \"next\" goes to the next step without waiting, a number to that later step; \"queue\", \"unassigned\", \"notify_owner\", #{voicemail: id} or #{bot: name} end the steps as \"otherwise\" does."
        }
    }
}
