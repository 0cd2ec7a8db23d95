//! `frontdesk log create` and `log handle`: what begins a log, and what goes on with it.

use frontdesk::time::Zones;
use frontdesk_store::{Request, SharedDesk};

use super::args::{Create, Handle};
use super::wrong;
use crate::database::{self, Access, Database};
use crate::failure::Failure;
use crate::input::check_apart;
use crate::replay::Lines;
use crate::scripts::read_scripted_desk;
use crate::show::{clean, print, print_raw};

/// Creates a desk whose log begins with a document.
pub fn create(options: &Create, zones: &Zones) -> Result<(), Failure> {
    let address = &options.log.url;
    let Some(name) = address.desk() else {
        let example = address.with_desk("support");
        return Err(Failure::Usage(format!("the desk needs a name (write it into the address: {example})")));
    };
    let document = read_scripted_desk(&options.desk, &options.scripts, zones)?.document();
    let reader = database::reader(Some(&options.scripts), zones)?;
    let mut database = Database::open(address, Access::Make)?;
    database.make_tables()?;
    database.writing(|log| SharedDesk::create_with(log, name, document, reader))?;
    Ok(print(&format!("Created the desk {}.\n", clean(name)))?)
}

/// Carries out a command, and appends its turn.
pub fn handle(options: &Handle, zones: &Zones) -> Result<(), Failure> {
    check_apart(&[options.command.source()], "the command")?;
    let whose = options.command.source().map_or("the command".to_owned(), ToString::to_string);
    let request = Request::from_json(&options.command.text()?).map_err(|problems| wrong(&whose, &problems))?;
    let mut database = Database::open(&options.log.url, Access::Write)?;
    let mut desk = database.load(&database::reader(Some(&options.scripts), zones)?)?;
    let mut lines = Lines::of(&desk.known().document());
    let answer = desk.handle(&mut database.log(), &request);
    let answer = match answer {
        Err(problems) if problems.iter().any(database::is_of_log) => database.told(Err(problems))?,
        answer => answer.map_err(|problems| wrong(&whose, &problems))?,
    };
    if options.json {
        let events = answer.events().iter().map(|event| event.to_json() + "\n");
        return Ok(print_raw(&events.collect::<String>())?);
    }
    answer.events().iter().for_each(|event| lines.add(event));
    let page = lines.render();
    let end = match (answer.turn(), answer.is_repeated()) {
        (Some(turn), false) => format!("Turn {turn} is appended.\n"),
        (Some(turn), true) => format!("It was carried out before, as turn {turn}.\n"),
        (None, _) if answer.is_refused() => "Nothing is appended.\n".to_owned(),
        (None, _) => "Nothing happens, and nothing is appended.\n".to_owned(),
    };
    Ok(print(&(page + &end))?)
}
