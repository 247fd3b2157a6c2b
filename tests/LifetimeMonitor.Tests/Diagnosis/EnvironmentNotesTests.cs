using LifetimeMonitoring.Diagnosis;

namespace LifetimeMonitoring.Tests.Diagnosis;

public sealed class EnvironmentNotesTests
{
    [Fact]
    public void Without_any_nothing_is_said() => Assert.Empty(EnvironmentNotes.Notes(debugged: false, conservative: false));

    [Fact]
    public void A_debugger_is_mentioned() => Assert.Equal(
        ["A debugger is attached: it keeps local variables alive to the end of their methods."],
        EnvironmentNotes.Notes(debugged: true, conservative: false));
}
