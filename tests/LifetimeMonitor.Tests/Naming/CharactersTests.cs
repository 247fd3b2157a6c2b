using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Tests.Naming;

public sealed class CharactersTests
{
    [Theory]
    [InlineData("Grüße, 你好", "Grüße, 你好")]
    [InlineData("👨\u200d👩", "👨\u200d👩")]
    [InlineData("a\nb\0", @"a\u000ab\u0000")]
    [InlineData("a\u202eb", @"a\u202eb")]
    [InlineData("a\u2028b", @"a\u2028b")]
    [InlineData("\ufffd", "\ufffd")]
    public void Characters_that_change_the_lines_or_the_order_are_escaped(string text, string shown) =>
        Assert.Equal(shown, Characters.Escaped(text));

    // An attribute cannot contain them.
    [Fact]
    public void Half_of_a_surrogate_pair_is_escaped() =>
        Assert.Equal(@"a\ud83db\ude00", Characters.Escaped("a" + (char)0xd83d + "b" + (char)0xde00));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab😀", 4, "ab😀")]
    [InlineData("ab😀", 3, "ab")]
    [InlineData("😀", 0, "")]
    public void A_beginning_does_not_end_within_a_surrogate_pair(string text, int longest, string start) =>
        Assert.Equal(start, Characters.Start(text, longest));
}
