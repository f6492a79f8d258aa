//! An acquisition that is killed, cut off or abandoned by its bank at any moment ends with one certificate, one key and
//! no reissue (S3-13).

mod acquiring;
mod cut_lines;
mod each_change;
mod each_step;
mod random_kills;
mod together;
mod waiting;
