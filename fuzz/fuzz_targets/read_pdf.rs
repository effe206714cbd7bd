#![no_main]
//! Any bytes named .pdf.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jianyan_fuzz::read("plan.pdf", bytes);
});
