namespace LifetimeMonitoring.Graph;

/// <summary>Distinguishes references by the types of both objects and by the field, without names.</summary>
internal interface IReferenceKinds
{
    /// <summary>
    /// A number for the kind of the reference from one object to another. References from the same field of the same
    /// type to the same type share one number. It is odd for a field, and even for an element and for a reference
    /// without a field. It is 0 when a second read of the memory shows no such reference.
    /// </summary>
    int Of(ulong holder, ulong held);
}
