using LifetimeMonitoring.Rendering;

namespace LifetimeMonitoring.Tests.Rendering;

public sealed class ParagraphTests
{
    [Fact]
    public void Sentences_are_broken_between_words_at_eighty_columns() => Assert.Equal(
        "  Dialog.OnOwnerClosed was added to event Closed of MainWindow and never\n  removed: unsubscribe when the Dialog is done.",
        Paragraph.Wrap("Dialog.OnOwnerClosed was added to event Closed of MainWindow and never removed: unsubscribe when the Dialog is done."));

    [Fact]
    public void A_word_that_is_longer_than_a_line_is_left_whole() =>
        Assert.Equal($"  a\n  {new string('x', 100)}\n  b", Paragraph.Wrap($"a {new string('x', 100)} b"));
}
