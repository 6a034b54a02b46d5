package dev.golive;

/** A check made of a sentence and a function. */
record SimpleCheck(String sentence, Check.Examination examination) implements Check {

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        return examination.examine(context);
    }

    @Override
    public String toString() {
        return sentence;
    }
}
