namespace LifetimeMonitoring.Tests.House;

/// <summary>Small files, with names that say something.</summary>
public sealed class SizeTests
{
    [Fact]
    public void No_source_file_is_longer_than_300_lines_and_half_of_them_are_shorter_than_60()
    {
        int[] lengths = [.. SourceFiles().Select(f => File.ReadLines(f).Count()).Order()];
        Assert.InRange(lengths[^1], 1, 300);
        Assert.InRange(lengths[lengths.Length / 2], 1, 60);
    }

    [Fact]
    public void No_file_is_called_by_a_word_that_says_nothing() => Assert.DoesNotContain(
        SourceFiles().Select(f => Path.GetFileNameWithoutExtension(f)),
        name => name.EndsWith("Utils", StringComparison.Ordinal) || name.EndsWith("Helper", StringComparison.Ordinal)
            || name.EndsWith("Helpers", StringComparison.Ordinal) || name.EndsWith("Manager", StringComparison.Ordinal));

    private static IEnumerable<string> SourceFiles() => Directory
        .EnumerateFiles(Repository.Sources, "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("\\obj\\", StringComparison.Ordinal));
}
