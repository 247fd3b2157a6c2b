using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class BreadcrumbTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("breadcrumb-tests-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void It_lies_there_while_it_is_needed_and_only_its_owner_reads_it()
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
    public void One_that_a_process_left_that_is_gone_is_found_once_and_by_its_own_program()
    {
        File.WriteAllText(Path.Combine(_directory, $"lifetimemonitor-walking-{int.MaxValue}-20000101000000"), "program");
        Assert.False(new Breadcrumb(_directory, "another program").WasLeft);
        var found = new Breadcrumb(_directory, "program");
        Assert.True(found.WasLeft);
        Assert.True(found.WasLeft);
        Assert.False(new Breadcrumb(_directory, "program").WasLeft);
    }

    [Fact]
    public void It_is_taken_up_by_a_process_that_outlived_what_it_warns_of()
    {
        var breadcrumb = new Breadcrumb(_directory, "program");
        using IDisposable laid = breadcrumb.Lay();
        breadcrumb.TakeUpOurs();
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public void What_lies_there_under_its_name_already_is_not_written_to()
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
