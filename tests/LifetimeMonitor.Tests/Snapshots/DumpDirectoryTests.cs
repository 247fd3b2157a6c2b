using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class DumpDirectoryTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("dump-directory-tests-").FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void A_dump_gets_a_directory_of_its_owners_own_that_goes_with_it()
    {
        var dumps = new DumpDirectory(_parent);
        string file = dumps.NewFile();
        string directory = Path.GetDirectoryName(file)!;
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        File.WriteAllText(file, "dump");
        dumps.Delete(file);
        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public void Where_a_dump_will_lie_cannot_be_known_before()
    {
        var dumps = new DumpDirectory(_parent);
        Assert.NotEqual(Path.GetDirectoryName(dumps.NewFile()), Path.GetDirectoryName(dumps.NewFile()));
    }

    [Fact]
    public void A_dump_that_cannot_be_deleted_is_left_to_the_next_sweep_without_an_exception()
    {
        var dumps = new DumpDirectory(_parent);
        string file = dumps.NewFile();
        string other = Path.Combine(Path.GetDirectoryName(file)!, "other");
        File.WriteAllText(other, "");
        dumps.Delete(file);
        Assert.True(File.Exists(other));
        dumps.Sweep();
        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void The_directory_of_a_process_that_is_gone_is_swept_and_that_of_a_living_one_is_not()
    {
        var dumps = new DumpDirectory(_parent);
        string ours = dumps.NewFile();
        string gone = Path.Combine(_parent, $"lifetimemonitor-{int.MaxValue}-20000101000000");
        string reused = Path.Combine(_parent, $"lifetimemonitor-{Environment.ProcessId}-20000101000000-abcdefgh.ijk");
        string foreign = Path.Combine(_parent, "lifetimemonitor-notes");
        foreach (string directory in new[] { gone, reused, foreign }) Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(gone, "core"), "left behind");

        dumps.Sweep();

        Assert.True(Directory.Exists(Path.GetDirectoryName(ours)));
        Assert.True(Directory.Exists(foreign));
        Assert.False(Directory.Exists(gone));
        Assert.False(Directory.Exists(reused));
    }

    [Fact]
    public void A_dump_that_may_not_be_deleted_does_not_stop_the_sweep()
    {
        string[] gone =
        [
            .. Enumerable.Range(0, 3)
                .Select(i => Path.Combine(_parent, $"lifetimemonitor-{int.MaxValue - i}-20000101000000"))
        ];
        foreach (string directory in gone) Directory.CreateDirectory(directory);

        new DumpDirectory(_parent, new FirstIsSomebodyElses()).Sweep();

        Assert.Single(Directory.GetDirectories(_parent));
    }

    private sealed class FirstIsSomebodyElses : IDumpFiles
    {
        private readonly DumpFiles _real = new();
        private bool _hasRefused;

        public void CreateDirectory(string directory) => _real.CreateDirectory(directory);

        public IReadOnlyList<string> ListDirectories(string parent, string prefix) => _real.ListDirectories(parent, prefix);

        public void DeleteDirectory(string directory, bool recursive)
        {
            if (!_hasRefused)
            {
                _hasRefused = true;
                throw new UnauthorizedAccessException(directory);
            }

            _real.DeleteDirectory(directory, recursive);
        }

        public void DeleteFile(string file) => _real.DeleteFile(file);

        public void KeepToOwner(string file) => _real.KeepToOwner(file);
    }
}
