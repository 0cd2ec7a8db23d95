//! Answers the questions of routing with the hooks of a script.

use std::sync::Arc;

use rhai::{Dynamic, ImmutableString, Map};

use super::budget::{Fallible, Meter, Running, Session, with_running};
use super::choose::{Admission, Answers, Choice};
use super::engine::is_watched;
use super::expression::Plainly;
use super::failure::{self, nonsense, stamped};
use super::inside::{Calls, inside};
use super::library::value::{Number, kind, number};
use super::set::{Script, Scripts};
use super::views::{AgentView, AgentsView, ConversationView, DeskView, TimeView, json};
use crate::availability::AgentSlot;
use crate::model::{Id, Otherwise, OtherwiseWord, ScriptCall};
use crate::problem::{Code, Problem, Word, shortened};
use crate::routing::extension::{self, Failed, Failure, FallBack, GivenPriority, HookName, Hooks, Scene, Verdict};
use crate::time::Instant;

/// The largest priority: JavaScript holds whole numbers of a document up to here.
pub(super) const MOST: i64 = 1 << 53;

impl extension::Scripts for Scripts {
    fn hooks(&self, script: &str) -> Option<Hooks> {
        self.scripts.get(script).map(|script| script.hooks)
    }

    fn warnings(&self, is_named: &dyn Fn(&str) -> bool) -> Vec<Problem> {
        let mut warnings = Scripts::warnings(self);
        warnings.extend(self.unused(is_named));
        warnings
    }

    fn operations_together(&self) -> Option<u64> {
        Some(self.operations_together)
    }

    fn choose(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Verdict {
        if let Some(verdict) = self.choose_plainly(call, scene) {
            return verdict;
        }
        let asked = self.ask(call, scene, |mut ask| {
            let (scene, hooks) = (Arc::clone(&ask.scene), ask.script.hooks);
            let mut choice = Choice::among(&scene);
            let chosen = choice.make(hooks, &mut ask);
            Verdict { chosen, log: ask.session.end().log, ..choice.verdict }
        });
        asked.unwrap_or_else(Verdict::failed)
    }

    fn priority(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Failed<GivenPriority> {
        let now = scene.about.at;
        self.ask(call, scene, move |mut ask| {
            ask.about_conversation(HookName::Priority, |answer| given_priority(&answer, now))
        })?
    }

    fn fall_back(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Failed<FallBack> {
        let step = scene.about.step;
        let later = move |answer| match fall_back(answer)? {
            FallBack::Step(later) if later <= step => {
                Err(nonsense(format!("fallback gave step {later}, which is not after step {step}")))
            }
            answer => Ok(answer),
        };
        self.ask(call, scene, move |mut ask| ask.about_conversation(HookName::Fallback, later))?
    }
}

impl Scripts {
    /// Returns the choice of a script whose hooks are plain expressions; `None` if Rhai has to be asked, from the start.
    fn choose_plainly(&self, call: &ScriptCall, scene: &Scene) -> Option<Verdict> {
        let script = self.scripts.get(&call.script)?;
        let mut plainly = Plainly {
            hooks: script.plain.as_ref().filter(|_| !is_watched())?,
            meter: Meter::begin(self.operations, scene.eligible.len()),
            params: &script.params_of(call),
            scene,
        };
        let mut choice = Choice::among(scene);
        let chosen = choice.make(script.hooks, &mut plainly).ok()?;
        plainly.meter.settle(&scene.about.allowance);
        Some(Verdict { chosen: Ok(chosen), ..choice.verdict })
    }

    /// Runs a script.
    fn ask<T: 'static>(
        &self,
        call: &ScriptCall,
        scene: &Arc<Scene>,
        work: impl FnOnce(Ask<'_>) -> T + 'static,
    ) -> Failed<T> {
        let Some(script) = self.scripts.get(&call.script) else {
            let failure = Failure::new(Code::UnknownScript.as_str(), format!("there is no script {:?}", call.script));
            return Err(Box::new(Failure {
                script: Some(call.script.clone()),
                ..failure.of_hook(HookName::Score.as_str())
            }));
        };
        let params = script.params_of(call);
        let (operations, scene) = (self.operations, Arc::clone(scene));
        let (deadline, in_view) = (scene.about.deadline.clone(), Some(Arc::clone(&scene)));
        let allowance = Some(scene.about.allowance.clone());
        let running = Running { params, deadline, allowance, scene: in_view, ..Running::default() };
        let at_work = Arc::clone(script);
        let work = move |calls: &mut Calls<'_>| {
            work(Ask {
                script: at_work,
                session: Session::begin(running, operations, scene.eligible.len()),
                conversation: Dynamic::from(ConversationView(Arc::clone(&scene.about))),
                desk: Dynamic::from(DeskView::of(&scene)),
                scene,
                calls,
            })
        };
        let worked = script.with_functions(|functions| inside(functions, work));
        let worked = worked.map_err(|problem| Failure::new(problem.code.as_str(), problem.message))?;
        let worked = worked.map_err(|error| failure::of(*error)).transpose();
        worked.unwrap_or_else(|| Err(Box::new(Failure::new(failure::SCRIPT_ERROR, "the script was not asked"))))
    }
}

/// A script answering one question.
struct Ask<'c> {
    script: Arc<Script>,
    session: Session,
    scene: Arc<Scene>,
    conversation: Dynamic,
    desk: Dynamic,
    calls: &'c mut Calls<'c>,
}

impl Ask<'_> {
    /// Calls a hook; `first` precedes the conversation and the desk.
    fn call<T>(
        &mut self,
        hook: HookName,
        about: Option<usize>,
        first: Option<Dynamic>,
        understand: impl FnOnce(Dynamic) -> Failed<T>,
    ) -> Failed<T> {
        with_running(|running| (running.row, running.random) = (about, None));
        #[cfg(feature = "script-testing")]
        super::testing::hook_called(&self.script.file, hook.as_str());
        let (conversation, desk) = (&mut self.conversation.clone(), &mut self.desk.clone());
        let calls = &mut *self.calls;
        let answer: Fallible<Dynamic> = self.session.call(|| match first {
            Some(mut first) => calls(hook.as_str(), &mut [&mut first, conversation, desk]),
            None => calls(hook.as_str(), &mut [conversation, desk]),
        });
        let answer = self.session.answered(answer);
        let understood = answer.and_then(understand);
        understood.map_err(|failure| stamped(*failure, &self.script, hook.as_str()))
    }

    /// Calls a hook that is not about an agent.
    fn about_conversation<T>(&mut self, hook: HookName, understand: impl FnOnce(Dynamic) -> Failed<T>) -> Failed<T> {
        self.call(hook, None, None, understand)
    }

    /// Calls a hook about an agent.
    fn about_agent<T>(
        &mut self,
        hook: HookName,
        row: usize,
        understand: impl FnOnce(Dynamic) -> Failed<T>,
    ) -> Failed<T> {
        let scene = Arc::clone(&self.scene);
        self.call(hook, Some(row), Some(Dynamic::from(AgentView { scene, row })), understand)
    }
}

impl Answers for Ask<'_> {
    type Error = Box<Failure>;

    fn admits(&mut self, row: usize) -> Failed<Admission> {
        self.about_agent(HookName::Eligible, row, admitted)
    }

    fn score(&mut self, row: usize) -> Failed<Option<Number>> {
        self.about_agent(HookName::Score, row, scored)
    }

    fn pick(&mut self, left: &[usize]) -> Failed<Option<AgentSlot>> {
        let scene = Arc::clone(&self.scene);
        let candidates = Dynamic::from(AgentsView::new(&scene, left.iter().copied()));
        let picked = self.call(HookName::Pick, None, Some(candidates), |answer| picked(&answer))?;
        let Some(id) = picked else { return Ok(None) };
        let found = left.iter().filter_map(|row| scene.rows.get(*row)).find(|row| row.entry.id == id);
        found.map(|row| Some(row.slot)).ok_or_else(|| {
            let message = format!("pick gave {:?}, who is not among the candidates", shortened(&id));
            stamped(*nonsense(message), &self.script, HookName::Pick.as_str())
        })
    }
}

/// Reads the answer of `priority`: a whole number, nothing, or a map with it and the time at which to ask again.
fn given_priority(answer: &Dynamic, now: Instant) -> Failed<GivenPriority> {
    let Some(map) = answer.read_lock::<Map>() else {
        return Ok(GivenPriority { priority: priority(answer)?, again_at: None });
    };
    if let Some(key) = map.keys().find(|key| !["priority", "again_at"].contains(&key.as_str())) {
        return Err(nonsense(format!("priority gives #{{priority, again_at}}, without {:?}", shortened(key))));
    }
    let priority = map.get("priority").map(priority).transpose()?.flatten();
    let again_at = map.get("again_at").filter(|again| !again.is_unit());
    Ok(GivenPriority { priority, again_at: again_at.map(|again| asked_again(again, now)).transpose()? })
}

fn priority(answer: &Dynamic) -> Failed<Option<i64>> {
    if answer.is_unit() {
        return Ok(None);
    }
    match answer.as_int() {
        Ok(priority) if (-MOST..=MOST).contains(&priority) => Ok(Some(priority)),
        Ok(priority) => Err(nonsense(format!("the priority {priority} is not within ±2^53"))),
        Err(_) => Err(nonsense(format!("priority gives a whole number, a map or nothing, not {}", kind(answer)))),
    }
}

/// Reads the instant at which a script wants to be asked again. It is a second away at least, so that asking comes to an end.
fn asked_again(again: &Dynamic, now: Instant) -> Failed<Instant> {
    const LEAST: i64 = 1_000;
    let Some(time) = again.read_lock::<TimeView>() else {
        return Err(nonsense(format!("again_at is a time, not {}", kind(again))));
    };
    if time.at.millis_since(now) >= LEAST {
        return Ok(time.at);
    }
    Err(nonsense(format!("again_at is {}, which is not a second after {now}", time.at)))
}

fn admitted(answer: Dynamic) -> Failed<Admission> {
    if let Some(because) = answer.read_lock::<ImmutableString>() {
        return Ok(Admission::refused(&because));
    }
    match answer.as_bool() {
        Ok(true) => Ok(Admission::Yes),
        Ok(false) => Ok(Admission::No(None)),
        Err(_) => Err(nonsense(format!("eligible gives true, false or why not, not {}", kind(&answer)))),
    }
}

fn scored(answer: Dynamic) -> Failed<Option<Number>> {
    if answer.is_unit() {
        return Ok(None);
    }
    match number(&answer) {
        Some(Number::Point(score)) if !score.is_finite() => {
            Err(nonsense(format!("score gave {score}, which is not a number to compare")))
        }
        Some(score) => Ok(Some(score)),
        None => Err(nonsense(format!("score gives a number or nothing, not {}", kind(&answer)))),
    }
}

fn picked(answer: &Dynamic) -> Failed<Option<Id>> {
    if answer.is_unit() {
        return Ok(None);
    }
    if let Some(agent) = answer.read_lock::<AgentView>() {
        return agent.row().map(|row| Some(row.entry.id.clone())).map_err(|error| failure::of(*error));
    }
    if let Some(id) = answer.read_lock::<ImmutableString>() {
        return Ok(Some(Id::from(id.as_str())));
    }
    Err(nonsense(format!("pick gives an agent, its id or nothing, not {}", kind(answer))))
}

/// The answer of `fallback` that goes to the next step.
const NEXT: &str = "next";

fn fall_back(answer: Dynamic) -> Failed<FallBack> {
    if answer.is_unit() {
        return Ok(FallBack::GoOn);
    }
    if let Ok(step) = answer.as_int() {
        return usize::try_from(step).map(FallBack::Step).map_err(|_| nonsense(format!("there is no step {step}")));
    }
    if let Some(word) = answer.read_lock::<ImmutableString>() {
        return match (word.as_str(), OtherwiseWord::find(&word)) {
            (NEXT, _) => Ok(FallBack::Next),
            (_, Some(word)) => Ok(FallBack::Otherwise(word.into())),
            (other, None) => {
                let (other, words) = (shortened(other), OtherwiseWord::TEXTS.join(", "));
                Err(nonsense(format!("{other:?} is none of {NEXT}, {words}")))
            }
        };
    }
    let map = answer.read_lock::<Map>();
    let read = |key: &str, make: fn(Id) -> Otherwise| {
        let map = map.as_ref().filter(|map| map.len() == 1)?;
        let id = map.get(key)?.read_lock::<ImmutableString>()?;
        valid_id(&id).map(make)
    };
    let otherwise = read("voicemail", Otherwise::Voicemail).or_else(|| read("bot", Otherwise::Bot));
    otherwise.map(FallBack::Otherwise).ok_or_else(|| {
        let found = json::from_dynamic(&answer).map_or_else(|| kind(&answer).to_owned(), |it| it.to_string());
        let found = shortened(&found);
        nonsense(format!("fallback gives nothing, a word, a step, #{{voicemail: id}} or #{{bot: name}}, not {found}"))
    })
}

/// Returns an id in the form that a document accepts.
fn valid_id(text: &str) -> Option<Id> {
    const MOST: usize = 256;
    let fits = (1..=MOST).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then(|| Id::from(text))
}
