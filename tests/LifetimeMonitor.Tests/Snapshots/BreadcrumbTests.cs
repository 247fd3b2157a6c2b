using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class BreadcrumbTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("breadcrumb-tests-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_breadcrumb_exists_while_it_is_needed_and_only_its_owner_can_read_it()
    {
        var breadcrumb = new Breadcrumb(_directory, "program");
        using (breadcrumb.Lay())
        {
            string file = Assert.Single(Directory.GetFiles(_directory));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.False(new Breadcrumb(_directory, "program").WasLeft);
        }

        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public void A_breadcrumb_of_a_dead_process_is_found_once_and_by_its_own_program()
    {
        File.WriteAllText(Path.Combine(_directory, $"lifetimemonitor-walking-{int.MaxValue}-20000101000000"), "program");
        Assert.False(new Breadcrumb(_directory, "another program").WasLeft);
        var found = new Breadcrumb(_directory, "program");
        Assert.True(found.WasLeft);
        Assert.True(found.WasLeft);
        Assert.False(new Breadcrumb(_directory, "program").WasLeft);
    }

    [Fact]
    public void A_process_that_outlived_the_danger_removes_its_breadcrumb()
    {
        var breadcrumb = new Breadcrumb(_directory, "program");
        using IDisposable laid = breadcrumb.Lay();
        breadcrumb.TakeUpOurs();
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public void A_file_that_has_the_name_of_the_breadcrumb_already_is_not_overwritten()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take a right of their own there");
        string elsewhere = Path.Combine(_directory, "elsewhere");
        File.WriteAllText(elsewhere, "somebody's");
        _ = File.CreateSymbolicLink(Path.Combine(_directory, "lifetimemonitor-walking-" + ProcessMark.OfThisProcess), elsewhere);
        using (new Breadcrumb(_directory, "program").Lay()) Assert.Equal("somebody's", File.ReadAllText(elsewhere));
    }

    [Fact]
    public void Where_nothing_can_be_written_there_is_none()
    {
        using IDisposable laid = new Breadcrumb(Path.Combine(_directory, "missing"), "program").Lay();
        Assert.NotNull(laid);
    }
}
