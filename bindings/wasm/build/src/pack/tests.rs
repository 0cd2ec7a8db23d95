use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Instructions of every kind, as they are written (WebAssembly, section 5.4).
const INSTRUCTIONS: [&[u8]; 32] = [
    &[0x00],
    &[0x0c, 0],
    &[0x0d, 0x81, 0x01],
    &[0x0e, 2, 0, 1, 0],
    &[0x10, 0x85, 0x02],
    &[0x11, 3, 0],
    &[0x1a],
    &[0x1b],
    &[0x1c, 1, 0x7f],
    &[0x20, 0],
    &[0x20, 1],
    &[0x20, 2],
    &[0x21, 5],
    &[0x22, 0x80, 0x01],
    &[0x20, 0xff, 0x1f],
    &[0x23, 0],
    &[0x24, 1],
    &[0x28, 2, 0],
    &[0x29, 3, 8],
    &[0x36, 2, 0x90, 0x80, 0x40],
    &[0x37, 0, 12],
    &[0x3f, 0],
    &[0x40, 0],
    &[0x41, 1],
    &[0x41, 0x80, 0x80, 0xc0, 0x00],
    &[0x41, 0x7f],
    &[0x42, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
    &[0x43, 0, 0, 0x80, 0xff],
    &[0x44, 1, 2, 3, 4, 5, 6, 7, 0xff],
    &[0x6a],
    &[0xfc, 0x0a, 0, 0],
    &[0xd2, 7],
];

/// Instructions, some of them in blocks.
fn instructions() -> impl Strategy<Value = Vec<u8>> {
    let flat = prop::collection::vec(select(&INSTRUCTIONS[..]), 0..20).prop_map(|all| all.concat());
    flat.prop_recursive(4, 60, 5, |inner| {
        let opening = select(vec![[0x02, 0x40], [0x03, 0x7f], [0x04, 0x40]]);
        prop::collection::vec((opening, inner), 1..5).prop_map(|all| {
            all.into_iter().flat_map(|(opening, inner)| [&opening, &inner[..], &[END][..]].concat()).collect()
        })
    })
}

const END: u8 = 0x0b;

/// A module of such functions, with a section before and a section after them.
fn module() -> impl Strategy<Value = Vec<u8>> {
    let declarations = prop::collection::vec((1..300_usize, select(vec![0x7f, 0x7e, 0x7c])), 0..4);
    prop::collection::vec((declarations, instructions()), 0..8).prop_map(|functions| {
        let bodies = functions.iter().flat_map(|(declarations, instructions)| {
            let declared = declarations.iter().flat_map(|(count, kind)| [number(*count), vec![*kind]].concat());
            let body = [number(declarations.len()), declared.collect(), instructions.clone(), vec![END]].concat();
            [number(body.len()), body].concat()
        });
        whole(functions.len(), bodies.collect())
    })
}

fn whole(count: usize, bodies: Vec<u8>) -> Vec<u8> {
    let header = b"\0asm\x01\0\0\0".to_vec();
    let types = section(1, &[1, 0x60, 0, 0]);
    let functions = section(3, &[number(count), vec![0; count]].concat());
    let code = section(10, &[number(count), bodies].concat());
    [header, types, functions, code, section(11, &[0])].concat()
}

fn section(id: u8, content: &[u8]) -> Vec<u8> {
    [&[id], &number(content.len())[..], content].concat()
}

proptest! {
    #[test]
    fn a_module_unpacks_to_itself(module in module()) {
        let packed = packed(&module).unwrap();
        let mut unpacked = vec![0; module.len()];
        prop_assert!(unpack::unpack(&packed, &mut unpacked).is_some());
        prop_assert_eq!(unpacked, module);
    }

    #[test]
    fn what_was_damaged_ends_all_the_same(module in module(), at: prop::sample::Index, byte: u8, cut: prop::sample::Index) {
        let mut packed = packed(&module).unwrap();
        let at = at.index(packed.len());
        packed[at] = byte;
        packed.truncate(cut.index(packed.len()) + 1);
        let mut place = vec![0; module.len()];
        if unpack::unpack(&packed, &mut place).is_some() {
            prop_assert_eq!(place.len(), module.len());
        }
    }
}

#[test]
fn a_place_of_another_length_is_refused() {
    let module = whole(1, vec![2, 0, END]);
    let packed = packed(&module).unwrap();
    for length in [0, module.len() - 1, module.len() + 1] {
        assert!(unpack::unpack(&packed, &mut vec![0; length]).is_none(), "{length}");
    }
}
