namespace LifetimeMonitor.Graph;

/// <summary>Tells references apart by the types of both objects and by the field, without names.</summary>
internal interface IReferenceKinds
{
    /// <summary>
    /// A number for the kind of the reference from one object to another. References from the same field of the same
    /// type to the same type have one number. It is odd for a field, even for an element and for a reference without a
    /// field, and 0 when memory, read once more, shows no such reference.
    /// </summary>
    int Of(ulong holder, ulong held);
}
