using System.Reflection;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>Each test compares its own row. Here is the rest of the page.</summary>
public sealed class PageTests
{
    private static readonly LeaksAttribute[] s_leaks =
    [
        .. typeof(PageTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetCustomAttributes<LeaksAttribute>()),
    ];

    [Fact]
    public void Each_row_of_the_page_has_a_test()
    {
        string[] rows = [.. Page.Rows(Page.ApprovedText)];
        Assert.All(rows, row => Assert.Single(s_leaks, leak => new Row(leak, AdviceIn(row)).ToString() == row));
        Assert.Equal(s_leaks.Length, rows.Length);
    }

    [Fact]
    public void The_page_has_60_rows_of_25_libraries()
    {
        Assert.InRange(s_leaks.Length, 60, int.MaxValue);
        Assert.InRange(s_leaks.Select(l => Library.Of(l.Type)).Distinct().Count(), 25, int.MaxValue);
    }

    [Fact]
    public void The_page_has_its_rows_in_order_and_nothing_else() =>
        Assert.Equal(Page.Document(Page.Rows(Page.ApprovedText).Order(StringComparer.Ordinal)), Page.ApprovedText);

    private static string AdviceIn(string row) => row.Split(" | ")[2].Replace("\\", "", StringComparison.Ordinal);
}
