using System.Text;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class MemoryLimitTests
{
    private const long Megabyte = 1024 * 1024;

    // 240 MB of private memory of the program: (resident - shared) pages.
    private const string Statistics = "200000 71440 10000 0 0 0 0";

    [Fact]
    public void Without_a_limit_every_copy_fits() => Assert.Null(new MemoryLimit(new Files
    {
        ["/proc/self/cgroup"] = "0::/user\n",
        ["/sys/fs/cgroup/user/memory.max"] = "max\n",
    }).Refusal());

    [Theory]
    [InlineData(400, null)]
    [InlineData(
        330,
        "the container has 80 MB of its 330 MB of memory left, and a copy of the process may need 92 MB; raise its " +
        "memory limit")]
    public void In_a_group_of_version_2_a_quarter_of_the_own_memory_and_a_margin_must_be_left(long limit, string? refusal) =>
        Assert.Equal(refusal, new MemoryLimit(Unified(limit, used: 250)).Refusal());

    [Fact]
    public void Where_all_processes_of_a_group_are_ended_together_all_of_the_own_memory_must_be_left()
    {
        Files files = Unified(limit: 500, used: 250);
        files["/sys/fs/cgroup/user/memory.oom.group"] = "1\n";
        Assert.Equal(
            "the container has 250 MB of its 500 MB of memory left, and a copy of the process may need 272 MB; " +
            "raise its memory limit",
            new MemoryLimit(files).Refusal());
    }

    [Fact]
    public void File_cache_that_the_system_can_take_counts_as_left()
    {
        Files files = Unified(limit: 330, used: 250);
        files["/sys/fs/cgroup/user/memory.stat"] = $"anon 1\ninactive_file {60 * Megabyte}\n";
        Assert.Null(new MemoryLimit(files).Refusal());
    }

    [Fact]
    public void A_tighter_limit_of_a_group_above_holds_too()
    {
        Files files = Unified(limit: 4000, used: 250);
        files["/proc/self/cgroup"] = "0::/user/inner\n";
        files["/sys/fs/cgroup/user/inner/memory.max"] = $"{8000 * Megabyte}\n";
        files["/sys/fs/cgroup/user/inner/memory.current"] = $"{250 * Megabyte}\n";
        Assert.Null(new MemoryLimit(files).Refusal());
        files["/sys/fs/cgroup/user/memory.max"] = $"{330 * Megabyte}\n";
        Assert.StartsWith("the container has 80 MB of its 330 MB", new MemoryLimit(files).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_of_version_1_is_read_too_and_in_a_container_its_root_stands_for_the_path_of_the_host() => Assert.StartsWith(
        "the container has 30 MB of its 280 MB",
        new MemoryLimit(new Files
        {
            ["/proc/self/cgroup"] = "5:cpu,cpuacct:/\n4:memory:/docker/0123\n",
            ["/proc/self/statm"] = Statistics,
            ["/sys/fs/cgroup/memory/memory.limit_in_bytes"] = $"{280 * Megabyte}\n",
            ["/sys/fs/cgroup/memory/memory.usage_in_bytes"] = $"{250 * Megabyte}\n",
        }).Refusal(),
        StringComparison.Ordinal);

    [Fact]
    public void A_clone_watches_the_memory_only_where_a_copy_of_all_of_it_does_not_fit()
    {
        Files files = Unified(limit: 600, used: 250);
        files["/sys/fs/cgroup/user/memory.stat"] = "anon 1\n";
        Assert.Null(new MemoryLimit(files).Watch());
        files["/sys/fs/cgroup/user/memory.max"] = $"{500 * Megabyte}\n";
        using MemoryWatch? watch = new MemoryLimit(files).Watch();
        Assert.Equal(500 * Megabyte, watch?.Limit);
    }

    [Fact]
    public void A_clone_watches_nothing_that_it_cannot_read() => Assert.Null(new MemoryLimit(Unified(limit: 500, used: 250)).Watch());

    private static Files Unified(long limit, long used) => new()
    {
        ["/proc/self/cgroup"] = "0::/user\n",
        ["/proc/self/statm"] = Statistics,
        ["/sys/fs/cgroup/user/memory.max"] = $"{limit * Megabyte}\n",
        ["/sys/fs/cgroup/user/memory.current"] = $"{used * Megabyte}\n",
    };

    /// <summary>A system with only these files.</summary>
    private sealed class Files : RealLinux
    {
        private readonly Dictionary<string, string> _texts = [];

        public string this[string file]
        {
            set => _texts[file] = value;
        }

        public override Stream Open(string file)
        {
            if (!_texts.TryGetValue(file, out string? text)) throw new FileNotFoundException(file);
            var stream = new FileStream(
                Path.GetTempFileName(),
                new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Position = 0;
            return stream;
        }
    }
}
