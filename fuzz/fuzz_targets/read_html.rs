#![no_main]
//! Any bytes named .html.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jianyan_fuzz::read("plan.html", bytes);
});
