#![no_main]
//! Any bytes named .md.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jianyan_fuzz::read("plan.md", bytes);
});
