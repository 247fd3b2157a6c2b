using LifetimeMonitoring.Adapters;

namespace LifetimeMonitoring.TUnit;

/// <summary>A test failed, and broke its claim as well. TUnit shows the name of this type before the message.</summary>
internal sealed class FailedAndLeakedException(Exception failure, Exception violation)
    : Exception(OwnFailureAndViolation.Message(failure, violation), failure);
