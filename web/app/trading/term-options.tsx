/** How an order can be priced. */
export function TypeOptions() {
  return (
    <>
      <option value="MARKET">Market</option>
      <option value="LIMIT">Limit</option>
      <option value="SL_M">Stop, then market (SL-M)</option>
      <option value="SL">Stop, then limit (SL)</option>
    </>
  );
}

/** By which way an order can go to the exchange. */
export function VarietyOptions() {
  return (
    <>
      <option value="REGULAR">Regular</option>
      <option value="AMO">After market (AMO), next session</option>
      <option value="CO">Cover order (CO), with a stop</option>
      <option value="ICEBERG">Iceberg, in legs</option>
    </>
  );
}

/** How long an order can work. */
export function ValidityOptions() {
  return (
    <>
      <option value="DAY">Day: until the session closes</option>
      <option value="IOC">Immediate or cancel (IOC)</option>
      <option value="TTL">A number of minutes (TTL)</option>
    </>
  );
}
