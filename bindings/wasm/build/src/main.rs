//! Runs wasm-bindgen on a compiled module: `frontdesk-wasm-build MODULE NAME OUT`.
//!
//! The library instead of the command line `wasm-bindgen`, because the workspace's lock file pins it to the version that the
//! crate was compiled against.

use std::env;
use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [module, name, out] = arguments.as_slice() else {
        return Err("usage: frontdesk-wasm-build MODULE NAME OUT".into());
    };
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?;
    bindgen.input_path(module).out_name(name).typescript(true).omit_default_module_path(true);
    Ok(bindgen.generate(out)?)
}
