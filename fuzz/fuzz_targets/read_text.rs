#![no_main]
//! Any bytes named .txt.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jianyan_fuzz::read("plan.txt", bytes);
});
