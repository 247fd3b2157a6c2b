using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Naming.Rules;

/// <summary>A key is shown so that its entry can be found.</summary>
public sealed class KeyTextTests
{
    private static object? s_held;

    [Fact]
    public void A_struct_shows_its_fields() => Assert.Equal("""[{Place: Row = 3, Column = "a"}]""", Shown(new Place(3, "a")));

    [Fact]
    public void A_struct_in_a_struct_shows_its_own() => Assert.Equal(
        "[{Cell: Sheet = {Sheet: Number = 2}, Unit = typeof(int)}]",
        Shown(new Cell(new Sheet(2), typeof(int))));

    [Fact]
    public void A_record_shows_its_properties() => Assert.Equal("""[{Order: Id = 7, Customer = "Ada"}]""", Shown(new Order(7, "Ada")));

    [Fact]
    public void An_object_shows_its_identifying_member_and_nothing_else() =>
        Assert.Equal("""[{Named: _name = "clicked"}]""", Shown(new Named("clicked")));

    [Fact]
    public void Of_many_fields_those_are_shown_that_identify() =>
        Assert.Equal("""[{Wide: Name = "n", A = 1, B = 2}]""", Shown(new Wide(1, 2, 3, "n")));

    [Fact]
    public void A_key_without_an_identifying_member_shows_its_type() => Assert.Equal("[{Opaque}]", Shown(new Opaque()));

    [Fact]
    public void An_address_is_shown_as_it_was_written() => Assert.Equal("""["http://localhost/a"]""", Shown(new Uri("http://localhost/a")));

    [Theory]
    [InlineData('a', "['a']")]
    [InlineData('\'', @"['\'']")]
    [InlineData('\n', @"['\u000a']")]
    public void A_character_is_shown_as_it_is_written(char key, string shown) => Assert.Equal(shown, Shown(key));

    [Fact]
    public void A_string_is_shown_as_it_is_written() =>
        Assert.Equal("""["a\"b\\c\u000ad"]""", Shown("a\"b\\c\nd"));

    [Fact]
    public void A_long_string_is_cut_before_a_surrogate_pair() =>
        Assert.Equal($"[\"{new string('a', 39)}…\"]", Shown(new string('a', 39) + "😀"));

    [Fact]
    public void Fields_without_a_value_are_left_out() => Assert.Equal("[{Place: Row = 3}]", Shown(new Place(3, null)));

    [Fact]
    public void Strings_in_it_are_hidden_with_all_others() => Assert.Equal(
        "[{Order: Id = 7, Customer = …}]",
        Shown(new Order(7, "Ada"), LifetimeOptions.Default with { ShowStrings = false }));

    [Fact]
    public void A_leak_has_the_same_fingerprint_with_any_key()
    {
        string[] fingerprints =
        [
            .. new[] { new Order(1, "a"), new Order(2, """]"[\""") }.Select(o =>
                Report(o, LifetimeOptions.Default).Paths[0].Fingerprint)
        ];
        Assert.Equal(fingerprints[0], fingerprints[1]);
    }

    private static string Shown<TKey>(TKey key, LifetimeOptions? options = null)
        where TKey : notnull => Report(key, options ?? LifetimeOptions.Default).Paths[0].Steps[^1].Reference.Replace(
            $"{nameof(KeyTextTests)}.",
            "",
            StringComparison.Ordinal);

    private static LifetimeReport Report<TKey>(TKey key, LifetimeOptions options)
        where TKey : notnull
    {
        LifetimeReport report = Leak.Check(
            () =>
            {
                var leaked = new Leaked();
                s_held = new Dictionary<TKey, Leaked> { [key] = leaked };
                return leaked;
            },
            options);
        s_held = null;
        return report;
    }

    private readonly record struct Place(int Row, string? Column);

    private readonly record struct Sheet(int Number);

    private readonly record struct Cell(Sheet Sheet, Type Unit);

    private sealed record Order(int Id, string Customer);

    private sealed record Wide(int A, int B, int C, string Name);

    private sealed class Named(string name)
    {
        private readonly string _name = name;
        private int _used;

        public override string ToString() => $"{_name} {_used++}";
    }

    private sealed class Opaque
    {
        private int _used;

        public override string ToString() => $"{_used++}";
    }
}
