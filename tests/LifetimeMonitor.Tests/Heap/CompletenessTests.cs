using System.Runtime.InteropServices;
using LifetimeMonitoring.Tests.Processes;

namespace LifetimeMonitoring.Tests.Heap;

public sealed class CompletenessTests
{
    [Fact]
    public void Of_a_process_every_static_field_is_named_every_living_object_is_reached_and_every_reference_between_them_is_named()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        (int exitCode, string output) = TestHost.Run("completeness");
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Of_a_process_no_path_has_a_name_of_the_compiler_or_of_the_insides_of_tasks_and_collections()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        (int exitCode, string output) = TestHost.Run("words");
        Assert.True(exitCode == 0, output);
    }
}
