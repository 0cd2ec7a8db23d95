//! Builds the modules of the npm package: `frontdesk-wasm-build OUT [NAME…]`.
//!
//! For each it has cargo build the crate for wasm32, has wasm-bindgen write the glue, and has wasm-opt make it smaller.
//! wasm-opt is that of the npm package `binaryen`, which the package's lock file pins.

mod pack;
mod silence;

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use walrus::Module as Wasm;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// What browsers have had since 2022, and Node since 18; named, because "all" would be more than they understand.
const ALLOWED: [&str; 5] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
];

/// A module of the package.
struct Module {
    name: &'static str,
    features: &'static [&'static str],
}

const MODULES: [Module; 2] = [
    Module { name: "preview", features: &["--no-default-features", "--features", "preview"] },
    Module { name: "frontdesk", features: &[] },
];

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let mut arguments = env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("say where to put the modules")?);
    let wanted: Vec<String> = arguments.collect();
    let unpacker = unpacker()?;
    for module in MODULES.iter().filter(|it| wanted.is_empty() || wanted.iter().any(|name| name == it.name)) {
        module.build(&unpacker, &out)?;
    }
    Ok(())
}

/// The folder of the npm package.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Module {
    fn build(&self, unpacker: &[u8], out: &Path) -> Outcome {
        let mut wasm = Wasm::from_file(compile("frontdesk-wasm", self.features, &[])?)?;
        silence::panics(&mut wasm);
        silence::places(&mut wasm);
        let mut bindgen = Bindgen::new();
        bindgen.input_module(self.name, wasm).web(true)?;
        bindgen
            .omit_default_module_path(true)
            .typescript(true)
            .remove_name_section(true)
            .remove_producers_section(true);
        bindgen.generate(out)?;
        let wasm = out.join(format!("{}_bg.wasm", self.name));
        shrink(&wasm)?;
        let module = fs::read(&wasm)?;
        let packed = pack::pack(&module, unpacker)?;
        println!("{}: {} bytes, packed {}", wasm.display(), module.len(), packed.len());
        Ok(fs::write(out.join(format!("{}.packed.wasm", self.name)), packed)?)
    }
}

/// What makes modules of packed ones.
fn unpacker() -> Outcome<Vec<u8>> {
    let compiled = compile("frontdesk-wasm-unpack", &[], &["-C", "link-arg=--export=__heap_base"])?;
    let small = compiled.with_extension("small.wasm");
    fs::copy(compiled, &small)?;
    shrink(&small)?;
    Ok(fs::read(small)?)
}

/// Gives the path of what cargo built.
fn compile(package: &str, features: &[&str], options: &[&str]) -> Outcome<PathBuf> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["rustc", "--locked", "--profile", "web", "--target", TARGET, "--package", package, "--lib"]);
    // What is a Rust library too is not optimised as a whole.
    cargo.args(["--crate-type", "cdylib"]).args(features).arg("--").args(options);
    run(cargo.current_dir(folder()))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| folder().join("../../target"), PathBuf::from);
    Ok(target.join(TARGET).join("web").join(package.replace('-', "_")).with_extension("wasm"))
}

fn shrink(wasm: &Path) -> Outcome {
    let mut wasm_opt = Command::new("node");
    wasm_opt.arg(folder().join("node_modules/binaryen/bin/wasm-opt"));
    run(wasm_opt.arg(wasm).arg("-o").arg(wasm).args(["-Oz", "--converge"]).args(ALLOWED))
}

fn run(command: &mut Command) -> Outcome {
    if command.status()?.success() {
        return Ok(());
    }
    Err(format!("{command:?} failed").into())
}
