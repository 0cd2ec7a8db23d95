//! Builds the modules of the npm package: `frontdesk-wasm-build OUT [NAME…]`.
//!
//! For each it has cargo build the crate for wasm32, has wasm-bindgen write the glue, and has wasm-opt make it smaller.
//! wasm-opt is that of the npm package `binaryen`, which the package's lock file pins.

mod silence;

use std::env;
use std::error::Error;
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
    /// What nobody would see of it.
    silenced: &'static [fn(&mut Wasm)],
    /// How hard it is made small or quick.
    level: &'static [&'static str],
}

const MODULES: [Module; 2] = [
    Module {
        name: "preview",
        features: &["--no-default-features", "--features", "preview"],
        silenced: &[silence::panics, silence::places],
        level: &["-Oz", "--converge"],
    },
    Module {
        name: "frontdesk",
        features: &[],
        silenced: &[silence::panics, silence::places, silence::innards, silence::powers],
        level: &["-Oz", "--converge"],
    },
];

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let mut arguments = env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("say where to put the modules")?);
    let wanted: Vec<String> = arguments.collect();
    for module in MODULES.iter().filter(|it| wanted.is_empty() || wanted.iter().any(|name| name == it.name)) {
        module.build(&out)?;
    }
    Ok(())
}

/// The folder of the crate `frontdesk-wasm`.
fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Module {
    fn build(&self, out: &Path) -> Outcome {
        let mut wasm = Wasm::from_file(self.compile()?)?;
        self.silenced.iter().for_each(|silence| silence(&mut wasm));
        let mut bindgen = Bindgen::new();
        bindgen.input_module(self.name, wasm).web(true)?;
        bindgen.typescript(true).remove_name_section(true).remove_producers_section(true);
        bindgen.generate(out)?;
        let wasm = out.join(format!("{}_bg.wasm", self.name));
        self.shrink(&wasm)?;
        println!("{}: {} bytes", wasm.display(), wasm.metadata()?.len());
        Ok(())
    }

    /// Gives the path of what cargo built.
    fn compile(&self) -> Outcome<PathBuf> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args([
            "rustc",
            "--package",
            "frontdesk-wasm",
            "--lib",
            // What is a Rust library too is not optimised as a whole.
            "--crate-type",
            "cdylib",
            "--profile",
            "web",
            "--locked",
            "--target",
            TARGET,
        ]);
        run(cargo.args(self.features).current_dir(package()))?;
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| package().join("../../target"), PathBuf::from);
        Ok(target.join(TARGET).join("web/frontdesk_wasm.wasm"))
    }

    fn shrink(&self, wasm: &Path) -> Outcome {
        let mut wasm_opt = Command::new("node");
        wasm_opt.arg(package().join("node_modules/binaryen/bin/wasm-opt"));
        run(wasm_opt.arg(wasm).arg("-o").arg(wasm).args(self.level).args(ALLOWED))
    }
}

fn run(command: &mut Command) -> Outcome {
    if command.status()?.success() {
        return Ok(());
    }
    Err(format!("{command:?} failed").into())
}
