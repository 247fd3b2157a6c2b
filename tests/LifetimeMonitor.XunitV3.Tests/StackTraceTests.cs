namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>The stack traces of failures.</summary>
public sealed class StackTraceTests(OrdinarySpecimen run) : Specimens.StackTraceTests(run);
