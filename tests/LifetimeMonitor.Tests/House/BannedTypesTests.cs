namespace LifetimeMonitoring.Tests.House;

/// <summary>
/// The types and methods that a folder of the core may not use, looked for in the compiled types. BannedSymbols.txt
/// bans them everywhere, and .editorconfig lifts that for whole folders.
/// </summary>
public sealed class BannedTypesTests
{
    private static readonly IReadOnlyCollection<CompiledFolders.Outside> s_uses = CompiledFolders.UsesOfOthers();
    private static readonly IReadOnlyCollection<CompiledFolders.Call> s_calls = CompiledFolders.CallsOfOthers();

    // Files, processes, threads, and the settings of the process.
    private static readonly string[] s_surroundings =
    [
        "System.IO.", "System.Diagnostics.Process", "System.Threading.Thread", "System.Environment", "System.AppContext",
        "System.Runtime.InteropServices.NativeLibrary", "System.Runtime.InteropServices.NativeMemory",
    ];

    // Matches a pattern with a text, and knows no file.
    private const string Matcher = "System.IO.Enumeration.FileSystemName";

    [Fact]
    public void Only_the_folder_of_the_debugging_component_uses_ClrMD()
    {
        const string ClrMD = "LifetimeMonitor.ClrMD";
        IEnumerable<CompiledFolders.Outside> uses = s_uses.Where(u => u.Assembly == ClrMD);
        Assert.Equal("LifetimeMonitoring.Heap.Dac", Assert.Single(uses.Select(u => u.Namespace).Distinct()));
    }

    [Fact]
    public void Nothing_uses_the_client_of_the_diagnostics_port() =>
        Assert.DoesNotContain(s_uses, u => u.Assembly == "Microsoft.Diagnostics.NETCore.Client");

    [Fact]
    public void Nothing_uses_cryptography_which_needs_OpenSSL_on_Linux() =>
        Assert.DoesNotContain(s_uses, u => u.Used.StartsWith("System.Security.Cryptography.", StringComparison.Ordinal));

    // They turn data into data: a caller passes every fact about the process.
    [Theory]
    [InlineData("Model")]
    [InlineData("Graph")]
    [InlineData("Naming")]
    [InlineData("Blame")]
    [InlineData("Rendering")]
    public void A_folder_without_surroundings_knows_no_file_process_thread_or_setting(string folder)
    {
        CompiledFolders.Outside[] uses = [.. s_uses.Where(u => u.Folder == folder && u.Used != Matcher)];
        Assert.NotEmpty(uses);
        Assert.Empty(uses.Where(u => s_surroundings.Any(s => Is(u.Used, s))).Select(u => $"{u.User} uses {u.Used}"));
    }

    [Fact]
    public void Only_Collecting_collects_and_waits_for_finalizers() => Assert.Equal(
        ["Collecting"],
        s_calls.Where(c => c.Method is "System.GC::Collect" or "System.GC::WaitForPendingFinalizers")
            .Select(c => c.Folder)
            .Distinct());

    [Fact]
    public void Only_Snapshots_calls_the_system() => Assert.Equal(["Snapshots"], CompiledFolders.FoldersWithNativeCalls());

    // Thread.Interrupt ends the wait of a lock statement with an exception: see Interruption.
    [Fact]
    public void Only_Waiting_locks_and_waits_in_ways_that_an_interruption_ends() => Assert.Equal(
        ["Waiting"],
        s_calls.Where(c => c.Method is "System.Threading.Monitor::Enter" or "System.Threading.Monitor::TryEnter"
                or "System.Threading.Monitor::Wait" or "System.Threading.Lock::EnterScope")
            .Select(c => c.Folder)
            .Distinct());

    private static bool Is(string used, string banned) =>
        banned.EndsWith('.') ? used.StartsWith(banned, StringComparison.Ordinal) : used == banned;
}
