#![no_main]
//! Any text through the outline: nothing is lost, whatever it says.

libfuzzer_sys::fuzz_target!(|text: &str| {
    jianyan_fuzz::read_outline(text);
});
